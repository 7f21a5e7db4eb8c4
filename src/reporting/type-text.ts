interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

/** A JSON schema as a person reads it: a field a line, `tensor`, `'sum' | 'mean'`, `[…]` for lists, `?` for what may be absent. */
export function typeText(schema: object): string {
  return textOf(schema, 0);
}

function textOf(schema: Schema, depth: number): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? '';
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map((choice) => textOf(choice, depth)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.type === 'array') return `[${textOf(schema.items ?? {}, depth)}, …]`;
  if (schema.properties !== undefined) return fields(schema.properties, schema.required ?? [], depth);
  if (schema.type === 'object') {
    const entries = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
    return `{ name: ${textOf(entries, depth)}, … }`;
  }
  return schema.type ?? 'anything';
}

function fields(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  depth: number,
): string {
  const lines = Object.entries(properties).map(
    ([name, schema]) => `${name}${required.includes(name) ? '' : '?'}: ${textOf(schema, depth + 1)}`,
  );
  if (depth > 0) return `{ ${lines.join(', ')} }`;
  return lines.join('\n');
}
