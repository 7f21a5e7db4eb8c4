import { describe, expect, it } from 'vitest';
import { parseTrainOptions } from '../../../src/cli/train/options.ts';

describe('options of train', () => {
  it('are absent where they were not given, so that a resumed run keeps its own', () => {
    expect(parseTrainOptions([], {})).toEqual({ presets: [], set: [], json: false, quiet: false });
  });

  it('are read', () => {
    const raw = {
      engine: 'cpu',
      seed: '-3',
      steps: '5',
      logEvery: '1',
      checkpointEvery: '2',
      out: 'x',
      set: ['a=1'],
    };
    expect(parseTrainOptions(['ergodic'], { ...raw, json: true })).toEqual({
      presets: ['ergodic'],
      set: ['a=1'],
      engine: 'cpu',
      seed: -3,
      steps: 5,
      logEvery: 1,
      checkpointEvery: 2,
      out: 'x',
      json: true,
      quiet: false,
    });
  });

  it.each([
    [{ steps: '0' }, /--steps[\s\S]*at least 1/],
    [{ steps: '1e3' }, /--steps[\s\S]*a whole number/],
    [{ seed: 'one' }, /--seed/],
    [{ logEvery: '0' }, /--log-every/],
    [{ checkpointEvery: '-1' }, /--checkpoint-every/],
    [{ engine: 'wsam' }, /did you mean wasm\?/],
    [{ out: 'a', resume: 'b' }, /stays in its folder/],
  ])('%j is refused', (raw, message) => {
    expect(() => parseTrainOptions([], raw)).toThrow(message);
  });
});
