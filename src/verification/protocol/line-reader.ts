const NEWLINE = 0x0a;

/**
 * Cuts a stream of bytes into lines at `\n` alone: other separators may stand inside of JSON. A line of many megabytes is put
 * together once.
 */
export class LineReader {
  private parts: Buffer[] = [];
  private length = 0;
  private readonly longest: number;

  constructor(longest: number) {
    this.longest = longest;
  }

  /** The lines that end in this chunk; undefined once a line is longer than allowed. */
  read(chunk: Buffer): readonly string[] | undefined {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.keep(chunk.subarray(start, end));
      if (this.length > this.longest) return undefined;
      lines.push(this.rest());
      start = end + 1;
    }
    this.keep(chunk.subarray(start));
    return this.length > this.longest ? undefined : lines;
  }

  /** What has come since the last line ended; it is taken out. */
  rest(): string {
    const [only] = this.parts;
    const line = this.parts.length === 1 && only !== undefined ? only : Buffer.concat(this.parts);
    this.parts = [];
    this.length = 0;
    return line.toString('utf8');
  }

  private keep(part: Buffer): void {
    if (part.length === 0) return;
    this.parts.push(part);
    this.length += part.length;
  }
}
