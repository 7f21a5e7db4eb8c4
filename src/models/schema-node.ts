import { z } from 'zod';

/** The parts of a JSON schema that say what a configuration may hold. */
export interface SchemaNode {
  readonly type?: string;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  /** Of keys that are names; false where no other key may stand. */
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
}

/** A zod schema as data, from the side of who writes the value. */
export function schemaNodeOf(schema: z.ZodType): SchemaNode {
  // zod types its JSON schemas as any JSON schema; these keywords are the ones that configurations use.
  return z.toJSONSchema(schema, { io: 'input' }) as SchemaNode;
}

/** The node for the value at a path; of alternatives, those that `value` can still become. */
export function nodeAt(root: SchemaNode, path: readonly PropertyKey[], value: unknown): SchemaNode {
  const node = alternativeFor(root, value);
  const [key, ...rest] = path;
  if (key === undefined) return node;
  const child = typeof key === 'number' ? node.items : childOf(node, String(key));
  return child === undefined ? {} : nodeAt(child, rest, valueAt(value, [key]));
}

function childOf({ properties, additionalProperties }: SchemaNode, key: string): SchemaNode | undefined {
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** The value at a path inside another, or undefined. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined),
    value,
  );
}

/** What a node allows, in words. */
export function expectationOf(node: SchemaNode): string {
  if (node.enum !== undefined)
    return `one of ${node.enum.map((option) => JSON.stringify(option)).join(', ')}`;
  if (node.properties !== undefined)
    return `a mapping with the keys ${Object.keys(node.properties).join(', ')}`;
  if (typeof node.additionalProperties === 'object') return 'a mapping of names';
  if (node.items !== undefined) return `a list, each of it ${expectationOf(node.items)}`;
  if (node.type === 'integer' || node.type === 'number') {
    const noun = node.type === 'integer' ? 'an integer' : 'a number';
    return [noun, ...boundsOf(node)].join(' ');
  }
  return node.type ?? 'another value';
}

/** Merges alternatives told apart by constants (`rule: monte-carlo`) into the one that the value has chosen, or into all. */
function alternativeFor(node: SchemaNode, value: unknown): SchemaNode {
  if (node.oneOf === undefined) return node;
  const chosen = node.oneOf.filter(({ properties = {} }) =>
    Object.entries(properties).every(
      ([key, child]) => child.const === undefined || child.const === (valueAt(value, [key]) ?? child.default),
    ),
  );
  if (chosen.length > 0) return chosen[0] ?? node;
  const fixed = node.oneOf.flatMap(({ properties = {} }) =>
    Object.entries(properties).filter(([, child]) => 'const' in child),
  );
  const names = [...new Set(fixed.map(([name]) => name))];
  const options = (name: string): unknown[] =>
    fixed.filter(([other]) => other === name).map(([, child]) => child.const);
  return { properties: Object.fromEntries(names.map((name) => [name, { enum: options(name) }])) };
}

function boundsOf(node: SchemaNode): readonly string[] {
  const bounds: readonly (readonly [sign: string, bound: number | undefined])[] = [
    ['>', node.exclusiveMinimum],
    ['≥', node.minimum],
    ['<', node.exclusiveMaximum],
    ['≤', node.maximum === Number.MAX_SAFE_INTEGER ? undefined : node.maximum],
  ];
  const said = bounds
    .filter(([, bound]) => bound !== undefined)
    .map(([sign, bound]) => `${sign} ${bound ?? ''}`);
  return said.length === 0 ? [] : [said.join(' and ')];
}
