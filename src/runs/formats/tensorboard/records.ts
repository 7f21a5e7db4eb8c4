import { isHeaderAt, recordStateAt } from '../../../training/tensorboard/record.ts';
import type { ByteWindow } from '../../binary/byte-window.ts';
import type { Problem } from '../../problem.ts';

/** The length of a record and its checksum. */
const HEADER = 12;

/** Pictures and graphs may be longer; no record of numbers is. */
const MAXIMUM_BYTES = 2 ** 24;

/** Of damaged records so many bytes are looked at: a file that was made to cost time holds far more. */
const MAXIMUM_DAMAGED_BYTES = 2 ** 28;

/**
 * Takes the records of an event file, one by one, with the byte at which each begins. Behind what is damaged it goes on
 * where the checksum of a length shows the next record.
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
  let at = 0;
  let damagedBytes = 0;
  await window.reach(0, HEADER);
  while (at < window.size) {
    const from = at - window.start;
    const record = recordStateAt(window.bytes, from);
    if (record.state === 'whole') {
      take(record.data, at);
      at = window.start + record.end;
      continue;
    }
    const length = 'end' in record && record.end !== undefined ? record.end - from : undefined;
    if (length !== undefined && length > MAXIMUM_BYTES && at + length <= window.size) {
      report(
        'line-too-long',
        at,
        `a record of ${length} bytes: no record of numbers is so long; it was not read`,
      );
      at += length;
      await window.reach(at, HEADER);
      continue;
    }
    // Cut off by the end of the window, not by that of the file.
    if (record.state === 'cut-off' && at + (length ?? HEADER) <= window.size) {
      await window.reach(at, length ?? HEADER);
      continue;
    }
    if (record.state === 'data-damaged') damagedBytes += length ?? 0;
    if (damagedBytes > MAXIMUM_DAMAGED_BYTES) {
      report('checksum-wrong', at, `too much of the file is damaged; it was not read from here on`);
      return;
    }
    const next = await behind(window, at, record.state === 'data-damaged' ? length : undefined);
    if (record.state === 'cut-off' && next === undefined) {
      const there = window.size - at;
      const whole = length === undefined ? '' : ` of ${length}`;
      report('record-cut-off', at, `the file ends ${there} bytes into a record${whole}; it was not read`);
      return;
    }
    const part = record.state === 'data-damaged' ? 'its data' : 'its length';
    const lost = (next ?? window.size) - at;
    const left = next === undefined ? 'to the end of the file' : `up to the record at byte ${next}`;
    report('checksum-wrong', at, `the checksum of ${part} does not fit; ${lost} bytes ${left} were not read`);
    at = next ?? window.size;
    await window.reach(at, HEADER);
  }
}

/** Where the record behind a damaged one begins: at its end, or else where a length has its checksum. */
async function behind(
  window: ByteWindow,
  at: number,
  length: number | undefined,
): Promise<number | undefined> {
  if (length !== undefined) {
    await window.reach(at, length + HEADER);
    if (at + length === window.size) return undefined;
    if (isHeaderAt(window.bytes, at + length - window.start)) return at + length;
  }
  for (let next = at + 1; next + HEADER <= window.size; next += 1) {
    if (!window.holds(next, HEADER)) await window.reach(next, HEADER);
    const from = next - window.start;
    // No record has 4 GiB, and none is empty: most places are dismissed without a checksum.
    const mayBe = window.bytes.readUInt32LE(from + 4) === 0 && window.bytes.readUInt32LE(from) !== 0;
    if (mayBe && isHeaderAt(window.bytes, from)) return next;
  }
  return undefined;
}
