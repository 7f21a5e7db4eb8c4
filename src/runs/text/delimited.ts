import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse as csvParser } from 'csv-parse';
import type { Options } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { Problem } from '../problem.ts';

/** One record of a table. */
export interface TextRecord {
  readonly cells: readonly string[];
  /** On which it begins, from 1. */
  readonly line: number;
  /** Whether a line break follows, or a closed quote ends it; the last record of a file that was cut off has neither. */
  readonly ended: boolean;
}

/** Where the record begins from which a file is read. */
export interface FirstRecord {
  readonly byte: number;
  readonly line: number;
}

/** A row of 100,000 metrics has a tenth of it; a quote that nobody closes ends here. */
const MAXIMUM_RECORD_CHARACTERS = 2 ** 24;

const CHUNK_BYTES = 2 ** 18;

const [LINE_FEED, CARRIAGE_RETURN, QUOTE] = [10, 13, 34];

const OPTIONS = {
  record_delimiter: ['\r\n', '\n'],
  relax_column_count: true,
  // `12"` is a cell that is not understood, and no end of the reading.
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: MAXIMUM_RECORD_CHARACTERS,
} as const satisfies Options;

/** The first records of a text; none where it is no table. A quote that is not closed is a character like others. */
export function firstRecords(text: Buffer, delimiter: string, count: number): readonly (readonly string[])[] {
  for (const quote of ['"', false]) {
    try {
      return parse(text, { ...OPTIONS, delimiter, quote, bom: true, to: count });
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
    }
  }
  return [];
}

/**
 * The records of a file, one by one. Cells may be quoted and then hold delimiters and line breaks; from a quote on that is
 * never closed, quotes are characters like others.
 *
 * @throws what the file system throws
 */
export async function eachRecord(
  file: string,
  delimiter: string,
  take: (record: TextRecord) => void,
  problem: (problem: Problem) => void,
  { byte, line }: FirstRecord = { byte: 0, line: 1 },
): Promise<void> {
  const stopped = await eachFrom({ file, delimiter, quote: '"', byte, line }, take);
  if (stopped === undefined) return;
  const place = { file, line: stopped.line };
  problem({
    kind: 'record-not-understood',
    place,
    what: 'a quote is opened and never closed; from here on quotes are read as characters like others',
  });
  const again = await eachFrom({ file, delimiter, quote: false, ...stopped }, take);
  if (again === undefined) return;
  problem({
    kind: 'line-too-long',
    place: { file, line: again.line },
    what: `the line has more than ${MAXIMUM_RECORD_CHARACTERS} characters; it and what follows were not read`,
  });
}

interface Start extends FirstRecord {
  readonly file: string;
  readonly delimiter: string;
  readonly quote: '"' | false;
}

/** Reads on from a record; says before which one it stopped, if it did not come to the end. */
async function eachFrom(
  { file, delimiter, quote, byte, line }: Start,
  take: (record: TextRecord) => void,
): Promise<{ readonly byte: number; readonly line: number } | undefined> {
  // The last record is held back until it is known whether the file was cut off in it.
  let held = undefined as TextRecord | undefined;
  const next = { byte, line };
  let emptyLines = 0;
  let last = undefined as number | undefined;
  const parser = csvParser({
    ...OPTIONS,
    delimiter,
    quote,
    bom: byte === 0,
    on_record: (cells: string[], { bytes, lines, empty_lines: empty }) => {
      if (held !== undefined) take(held);
      held = { cells, line: next.line + (empty - emptyLines), ended: true };
      emptyLines = empty;
      next.byte = byte + bytes;
      next.line = line + lines;
      return null;
    },
  });
  const source = createReadStream(file, { start: byte, highWaterMark: CHUNK_BYTES });
  // Records are taken as they are found, so that nothing comes out; it is awaited that nothing did.
  parser.resume();
  try {
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          last = chunk.at(-1) ?? last;
          yield chunk;
        }
      },
      parser,
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (held !== undefined) take(held);
    return next;
  }
  if (held !== undefined) take({ ...held, ended: isEnd(last, held.cells, quote) });
  return undefined;
}

function isEnd(last: number | undefined, cells: readonly string[], quote: '"' | false): boolean {
  if (last === LINE_FEED || last === CARRIAGE_RETURN) return true;
  // A quote that is part of the cell was not taken for the closing one.
  return last === QUOTE && quote !== false && cells.at(-1)?.endsWith('"') === false;
}
