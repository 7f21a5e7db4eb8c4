import { existsSync, readFileSync } from 'node:fs';

/** Rows of a log, and the bytes that they take. */
export interface KeptRows {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly bytes: number;
}

/** The first rows of a file of JSON lines, up to one that is not to be kept, or is not whole. A file that is not there has none. */
export function rowsWhile(
  file: string,
  keeps: (row: Readonly<Record<string, unknown>>) => boolean,
): KeptRows {
  const content = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const rows: Record<string, unknown>[] = [];
  let bytes = 0;
  for (;;) {
    const end = content.indexOf('\n', bytes);
    const row = end < 0 ? undefined : rowOf(content.toString('utf8', bytes, end));
    if (row === undefined || !keeps(row)) return { rows, bytes };
    rows.push(row);
    bytes = end + 1;
  }
}

function rowOf(line: string): Record<string, unknown> | undefined {
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === 'object' && row !== null ? (row as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
