import { closeSync, openSync, readSync } from 'node:fs';
import type { Line } from './lines.ts';

/** A thousand files that are read side by side take 16 MiB. */
const CHUNK_BYTES = 2 ** 14;

/** The lines of these files are short. */
const MAXIMUM_LINE_BYTES = 2 ** 16;

const LINE_FEED = 10;

/** The lines of a file, one whenever one is asked for; the file is open only while it is read from. */
export class PulledLines {
  private readonly file: string;
  private rest: Buffer = Buffer.alloc(0);
  private position = 0;
  private number = 0;
  private isAtEnd = false;

  constructor(file: string) {
    this.file = file;
  }

  /**
   * The next line; undefined at the end of the file. A line of more than 64 KiB comes in pieces.
   *
   * @throws what the file system throws
   */
  next(): Line | undefined {
    let end = this.rest.indexOf(LINE_FEED);
    while (end < 0 && !this.isAtEnd && this.rest.length < MAXIMUM_LINE_BYTES) {
      this.fill();
      end = this.rest.indexOf(LINE_FEED);
    }
    if (end < 0 && this.rest.length === 0) return undefined;
    this.number += 1;
    const length = end < 0 ? this.rest.length : end;
    const text = this.rest.toString('utf8', 0, length).replace(/\r$/, '');
    this.rest = this.rest.subarray(length + 1);
    return { text, number: this.number, ended: end >= 0 };
  }

  private fill(): void {
    const descriptor = openSync(this.file, 'r');
    try {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const read = readSync(descriptor, chunk, 0, CHUNK_BYTES, this.position);
      this.position += read;
      this.isAtEnd = read === 0;
      this.rest = Buffer.concat([this.rest, chunk.subarray(0, read)]);
    } finally {
      closeSync(descriptor);
    }
  }
}
