import { describe, expect, it } from 'vitest';
import { duration } from '../../../src/cli/train/duration.ts';
import { LiveLine } from '../../../src/cli/train/live-line.ts';

function stream(isTTY: boolean, columns = 200) {
  const written: string[] = [];
  const fake = { isTTY, columns, write: (text: string) => written.push(text) > 0 };
  return { written, stream: fake as unknown as NodeJS.WriteStream };
}

describe('the live line', () => {
  it('says step, loss and memory on one line, and goes away', () => {
    const { written, stream: terminal } = stream(true);
    const line = new LiveLine(terminal, 500, false);
    line.read(0.000123);
    line.reach(7);
    line.clear();
    expect(written[0]?.slice(0, 4)).toBe('\r\u001b[K');
    expect(written[0]?.slice(4)).toMatch(/^gradient step 7 of 500 {2}loss 1\.23e-4 {2}\d+ MiB, \d+ tensors$/);
    expect(written[1]).toBe('\r\u001b[K');
  });

  it('never wraps', () => {
    const { written, stream: terminal } = stream(true, 40);
    const line = new LiveLine(terminal, 250_000, false);
    line.read(1);
    line.reach(123_456);
    expect(written[0]?.replace('\r\u001b[K', '')).toHaveLength(39);
  });

  it.each([
    ['nobody looks', false, false],
    ['it is to be quiet', true, true],
  ])('is not written where %s', (_why, isTTY, isQuiet) => {
    const { written, stream: terminal } = stream(isTTY);
    const line = new LiveLine(terminal, 500, isQuiet);
    line.reach(7);
    line.clear();
    expect(written).toEqual([]);
  });
});

describe('duration', () => {
  it.each([
    [0.4, '0 s'],
    [59.4, '59 s'],
    [90, '1 min 30 s'],
    [3600, '1 h 0 min'],
    [7380, '2 h 3 min'],
  ])('of %f seconds is %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});
