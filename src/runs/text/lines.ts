import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { Problem } from '../problem.ts';

/** One line of a text. */
export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Whether a line break follows; the last line of a file that was cut off has none. */
  readonly ended: boolean;
}

const CHUNK_BYTES = 2 ** 20;

/** A row of 100,000 metrics is far shorter. */
const MAXIMUM_LINE_BYTES = 2 ** 26;

const [LINE_FEED, CARRIAGE_RETURN] = [10, 13];
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The lines of a file, one by one. A line of more than 64 MiB ends the reading.
 *
 * @throws what the file system throws
 */
export async function eachLine(
  file: string,
  take: (line: Line) => void,
  problem: (problem: Problem) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  let isUnicode = true;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let from = number === 0 && bytes.subarray(0, 3).equals(UTF8_MARK) ? 3 : 0;
    for (let end = bytes.indexOf(LINE_FEED, from); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      number += 1;
      const to = end > from && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
      take({ text: bytes.toString('utf8', from, to), number, ended: true });
      from = end + 1;
    }
    if (isUnicode && !isUtf8(bytes.subarray(0, from))) {
      isUnicode = false;
      const what = 'a line before this one is not UTF-8; letters that are none were read as �';
      problem({ kind: 'encoding-unknown', place: { file, line: number + 1 }, what });
    }
    rest = bytes.subarray(from);
    if (rest.length > MAXIMUM_LINE_BYTES) {
      const what = `the line has more than ${MAXIMUM_LINE_BYTES} bytes; it and what follows were not read`;
      problem({ kind: 'line-too-long', place: { file, line: number + 1 }, what });
      return;
    }
  }
  if (rest.length > 0) take({ text: rest.toString('utf8'), number: number + 1, ended: false });
}
