/**
 * JSON for a person to read. JSON has no infinities and no NaN, and would write null: they are written as text.
 *
 * @example jsonFile({ a: -Infinity }) // '{\n  "a": "-Infinity"\n}\n'
 */
export function jsonFile(value: unknown): string {
  const told = (_key: string, entry: unknown): unknown =>
    typeof entry === 'number' && !Number.isFinite(entry) ? String(entry) : entry;
  return `${JSON.stringify(value, told, 2)}\n`;
}
