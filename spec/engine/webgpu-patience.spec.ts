import { afterEach, describe, expect, it } from 'vitest';
import { pollPatiently } from '../../src/engine/engines/webgpu-patience.ts';

const ORIGINAL = globalThis.setImmediate;

/** What Node makes of it: `Immediate` or `Timeout`. */
function kindOf(callback: () => unknown): string {
  return setImmediate(callback).constructor.name;
}

describe('patient polling', () => {
  let undo: () => void = () => undefined;
  afterEach(() => {
    undo();
  });

  it('delays what a compiled addon asks for, and nothing else', () => {
    undo = pollPatiently();
    // Built in, callable and with a prototype, as functions of an addon are.
    expect(kindOf(Date)).toBe('Timeout');
    expect(kindOf(() => undefined)).toBe('Immediate');
    expect(kindOf(() => '[native code]')).toBe('Immediate');
    expect(kindOf((() => undefined).bind(undefined))).toBe('Immediate');
    expect(kindOf(Math.random)).toBe('Immediate');
  });

  it('passes arguments on', async () => {
    undo = pollPatiently();
    const got = await new Promise((resolve) => {
      setImmediate(
        (...all: unknown[]) => {
          resolve(all);
        },
        1,
        2,
      );
    });
    expect(got).toEqual([1, 2]);
  });

  it('is undone, unless somebody came after it', () => {
    pollPatiently()();
    expect(globalThis.setImmediate).toBe(ORIGINAL);
    const back = pollPatiently();
    const theirs: typeof setImmediate = Object.assign(() => ORIGINAL(() => undefined), ORIGINAL);
    globalThis.setImmediate = theirs;
    back();
    expect(globalThis.setImmediate).toBe(theirs);
    globalThis.setImmediate = ORIGINAL;
  });
});
