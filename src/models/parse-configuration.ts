import type { z } from 'zod';
import { InputError } from '../errors.ts';
import { closestName } from '../closest-name.ts';
import type { SchemaNode } from './schema-node.ts';
import { expectationOf, nodeAt, schemaNodeOf, valueAt } from './schema-node.ts';

type Issue = z.core.$ZodIssue;

/** What errors call a configuration; it may say where the value at a path was written. */
export type ConfigurationName = string | ((path: readonly PropertyKey[]) => string);

/**
 * A configuration read from what a user wrote, strictly: nothing is coerced, no key is passed over.
 *
 * @throws InputError `configuration-unknown-key`, with the key that was probably meant.
 * @throws InputError `configuration-invalid`, naming the key, what was given and what was expected.
 */
export function parseConfiguration<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: ConfigurationName,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A misspelt key is often the cause of what else is wrong.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const root = schemaNodeOf(schema);
  const nameAt = typeof what === 'string' ? () => what : what;
  throw issue?.code === 'unrecognized_keys'
    ? unknownKey(issue, root, value, nameAt)
    : invalidValue(issue, root, value, nameAt);
}

function unknownKey(
  { keys, path }: Extract<Issue, { code: 'unrecognized_keys' }>,
  root: SchemaNode,
  value: unknown,
  nameAt: (path: readonly PropertyKey[]) => string,
): InputError {
  const known = Object.keys(nodeAt(root, path, value).properties ?? {});
  const [key = ''] = keys;
  const meant = closestName(key, known);
  const suggestion = meant === undefined ? 'remove it' : `did you mean "${[...path, meant].join('.')}"?`;
  return new InputError({
    code: 'configuration-unknown-key',
    what: `${nameAt([...path, key])} has no key "${[...path, key].join('.')}"`,
    given: `${key}: ${shown(valueAt(value, [...path, key]))}`,
    expected: `one of ${known.join(', ')}`,
    todo: suggestion,
  });
}

function invalidValue(
  issue: Issue | undefined,
  root: SchemaNode,
  value: unknown,
  nameAt: (path: readonly PropertyKey[]) => string,
): InputError {
  const path = issue?.path ?? [];
  const what = nameAt(path);
  const given = valueAt(value, path);
  const allowed = expectationOf(nodeAt(root, path, value));
  // What ties several keys together no schema of one of them says.
  const expected = issue?.code === 'custom' ? `${allowed}; ${issue.message}` : allowed;
  const isNumberAsText = typeof given === 'string' && given.trim() !== '' && Number.isFinite(Number(given));
  return new InputError({
    code: 'configuration-invalid',
    what:
      path.length === 0
        ? `${what} cannot be read`
        : `${what} has a value that "${path.join('.')}" cannot take`,
    given: shown(given),
    expected,
    // YAML 1.2 reads 1e-3 as a number, but YAML 1.1 as text; both read '0.001' in quotes as text.
    ...(isNumberAsText ? { todo: `write it without quotes, with a decimal point: ${Number(given)}` } : {}),
  });
}

/** A value with its type: "3" (string) is not 3 (number). */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const kind = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  return `${typeof value === 'number' ? String(value) : JSON.stringify(value)} (${kind})`;
}
