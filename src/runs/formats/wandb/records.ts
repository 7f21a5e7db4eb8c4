import crc32 from 'crc-32';
import type { ByteWindow } from '../../binary/byte-window.ts';
import type { Problem } from '../../problem.ts';

/*
 * The log format of LevelDB (doc/log_format.md), behind a head of the file's own (wandb/sdk/internal/datastore.py),
 * little-endian. A record is one part, or several; no part goes over the end of a block of 32 KiB:
 *
 *     char[4] ":W&B" | uint16 magic | uint8 version | part*
 *     part: uint32 CRC-32 of type and data | uint16 length | uint8 type | data
 */
const HEAD = 7;
const IDENT = ':W&B';
const MAGIC = 0xbee1;
const VERSION = 0;
const PART_HEAD = 7;
const BLOCK = 2 ** 15;
const [FULL, FIRST, MIDDLE, LAST] = [1, 2, 3, 4];

/** A row of a history, with pictures described in it, is far shorter. */
const MAXIMUM_BYTES = 2 ** 26;

/** Whether a file begins as a `.wandb` file does. */
export function isHead(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, IDENT.length) === IDENT;
}

type Part =
  | { readonly state: 'whole'; readonly type: number; readonly data: Buffer; readonly end: number }
  | { readonly state: 'cut-off' }
  /** Where it would end, if its length is right. */
  | { readonly state: 'damaged'; readonly end: number | undefined };

/**
 * Takes the records of a `.wandb` file, one by one, with the byte at which each begins. Behind what is damaged it goes on
 * with the next part, where there is one, or else with the next block.
 */
export async function eachRecord(
  file: string,
  window: ByteWindow,
  take: (data: Uint8Array, byte: number) => void,
  problem: (problem: Problem) => void,
): Promise<void> {
  const report = (kind: Problem['kind'], byte: number, what: string): void => {
    problem({ kind, place: { file, byte }, what });
  };
  await window.reach(0, BLOCK);
  checkHead(window, report);
  const record = new Assembly(take, report);
  let at = HEAD;
  while (at < window.size) {
    const left = BLOCK - (at % BLOCK);
    if (left < PART_HEAD) {
      at += left;
      continue;
    }
    // The rest of this block and the head of the next.
    if (!window.holds(at, left + PART_HEAD)) await window.reach(at, left + PART_HEAD);
    const part = partAt(window, at);
    if (part.state === 'whole') {
      record.add(part.type, part.data, at);
      at = part.end;
      continue;
    }
    if (part.state === 'cut-off') {
      const what = `the file ends ${window.size - at} bytes into a part of a record; it was not read`;
      report('record-cut-off', record.begin ?? at, what);
      return;
    }
    const next = behind(window, at, part.end);
    const lost = `${next - at} bytes up to byte ${next} were not read`;
    report('checksum-wrong', at, `the checksum of a part of a record does not fit; ${lost}`);
    record.drop();
    at = next;
  }
  if (record.begin !== undefined) {
    report('record-cut-off', record.begin, 'the file ends before the last part of a record; it was not read');
  }
}

type Report = (kind: Problem['kind'], byte: number, what: string) => void;

function checkHead({ bytes }: ByteWindow, report: Report): void {
  if (bytes.length < HEAD) {
    report('record-cut-off', 0, `the file ends after ${bytes.length} bytes, within its head`);
  } else if (!isHead(bytes) || bytes.readUInt16LE(4) !== MAGIC) {
    report('record-not-understood', 0, `the file does not begin with ${IDENT} and the mark of the format`);
  } else if (bytes[6] !== VERSION) {
    report(
      'record-not-understood',
      6,
      `version ${bytes[6] ?? 0} of the format; it is read as version ${VERSION}`,
    );
  }
}

function partAt({ bytes, start, size }: ByteWindow, at: number): Part {
  const from = at - start;
  if (at + PART_HEAD > size) return { state: 'cut-off' };
  const length = bytes.readUInt16LE(from + 4);
  const type = bytes[from + 6] ?? 0;
  const end = at + PART_HEAD + length;
  const fits = PART_HEAD + length <= BLOCK - (at % BLOCK);
  if (!fits || type < FULL || type > LAST) return { state: 'damaged', end: undefined };
  if (end > size) return { state: 'cut-off' };
  const checked = bytes.subarray(from + 6, end - start);
  if (crc32.buf(checked) >>> 0 !== bytes.readUInt32LE(from)) return { state: 'damaged', end };
  return { state: 'whole', type, data: checked.subarray(1), end };
}

/** Where to go on behind a damaged part: where it ends, if a sound one begins there, or else with the next block. */
function behind(window: ByteWindow, at: number, end: number | undefined): number {
  const block = at + BLOCK - (at % BLOCK);
  const goesOn = end !== undefined && end < block && partAt(window, end).state === 'whole';
  return Math.min(goesOn ? end : block, window.size);
}

/** Puts the parts of a record together. */
class Assembly {
  private readonly take: (data: Uint8Array, byte: number) => void;
  private readonly report: Report;
  private parts: Buffer[] = [];
  private bytes = 0;
  /** Parts that follow a damaged one are of its record. */
  private isDamaged = false;
  /** Where the record begins that waits for more parts. */
  begin: number | undefined;

  constructor(take: (data: Uint8Array, byte: number) => void, report: Report) {
    this.take = take;
    this.report = report;
  }

  add(type: number, data: Buffer, at: number): void {
    if (type === FULL || type === FIRST) {
      if (this.begin !== undefined) this.incomplete(this.begin);
      this.reset();
      if (type === FULL) this.take(data, at);
      else this.begin = at;
    } else if (this.begin === undefined) {
      if (!this.isDamaged) this.incomplete(at);
      this.isDamaged = type === MIDDLE;
      return;
    }
    if (type === FULL || this.begin === undefined) return;
    this.parts.push(data);
    this.bytes += data.length;
    const { begin, bytes } = this;
    if (bytes > MAXIMUM_BYTES) {
      this.drop();
      const what = `a record of more than ${MAXIMUM_BYTES} bytes: no row of numbers is so long; it was not read`;
      this.report('line-too-long', begin, what);
    } else if (type === LAST) {
      const whole = Buffer.concat(this.parts);
      this.reset();
      this.take(whole, begin);
    }
  }

  /** What is known of a record is of no use. */
  drop(): void {
    this.reset();
    this.isDamaged = true;
  }

  private reset(): void {
    this.parts = [];
    this.bytes = 0;
    this.begin = undefined;
    this.isDamaged = false;
  }

  private incomplete(at: number): void {
    const what = 'a record whose first or last part is not there; it was not read';
    this.report('record-not-understood', at, what);
  }
}
