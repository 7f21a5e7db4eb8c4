/** Where in a file something stands: a line, from 1, in text; a byte, from 0, in binary data. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly byte?: number;
}

/** @example placeText({ file: 'log.csv', line: 3 }) // 'log.csv, line 3' */
export function placeText({ file, line, byte }: Place): string {
  if (line !== undefined) return `${file}, line ${line}`;
  return byte === undefined ? file : `${file}, byte ${byte}`;
}
