import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { readPlan } from '../../src/experiments/index.ts';

const read = (text: string) => readPlan(text, { source: 'plan.yaml', name: 'plan' });

function refusal(text: string): InputError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('a plan', () => {
  it('has defaults: the name of its file, the first arm as baseline, one seed on wasm', () => {
    const { name, baseline, base, arms, decomposition } = read(
      'model: nk\narms: { a: {}, b: { faults: [] } }',
    );
    expect([name, baseline]).toEqual(['plan', 'a']);
    expect(base).toEqual({ presets: [], set: {}, faults: [], seeds: [1], engine: 'wasm' });
    expect(arms).toEqual([
      { name: 'a', presets: [], set: {} },
      { name: 'b', presets: [], set: {}, faults: [] },
    ]);
    expect(decomposition).toEqual([]);
  });

  it('has a decomposition with every combination, fewest factors first', () => {
    const { decomposition } = read(
      'model: nk\narms: { o: {}, x: {}, y: {}, z: {} }\ndecomposition: { b + a: z, a: x, b: y }',
    );
    expect(decomposition).toEqual([
      { factors: ['b'], arm: 'y' },
      { factors: ['a'], arm: 'x' },
      { factors: ['b', 'a'], arm: 'z' },
    ]);
  });

  it.each([
    [
      'a misspelt key',
      'model: nk\narms: { a: {} }\nbasline: a',
      'line 3, column 1',
      'did you mean "baseline"?',
    ],
    [
      'a misspelt key of an arm',
      'model: nk\narms:\n  a:\n    fault: []',
      'line 4, column 5',
      'did you mean "arms.a.faults"?',
    ],
    ['no arm', 'model: nk\narms: {}', 'line 2', 'at least one arm'],
    [
      'an arm that is text',
      'model: nk\narms: { a: x }',
      'line 2',
      'a mapping with the keys presets, set, faults',
    ],
    ['a name that is no folder', 'model: nk\narms: { a/b: {} }', 'line 2', 'a name of letters'],
    ['the name of a folder that is written', 'model: nk\narms: { figures: {} }', 'line 2', 'not figures'],
    ['a baseline that is no arm', 'model: nk\narms: { a: {} }\nbaseline: b', 'line 3', 'one of a'],
    [
      'seeds that are not different',
      'model: nk\nbase: { seeds: [1, 1] }\narms: { a: {} }',
      'line 2',
      'all different',
    ],
    [
      'a combination that is missing',
      'model: nk\narms: { a: {}, b: {} }\ndecomposition: { x: a, y: b }',
      'no arm for x + y',
      'for each combination',
    ],
    [
      'a combination of no arm',
      'model: nk\narms: { a: {} }\ndecomposition: { x: b }',
      'given:    b',
      'an arm: a',
    ],
    [
      'a verdict without a range',
      'model: nk\narms: { a: {} }\nverdict: { quantity: q, healthy: {} }',
      'line 3',
      'percentOfReference',
    ],
    [
      'a range that is empty',
      'model: nk\narms: { a: {} }\nverdict: { quantity: q, healthy: { from: 2, to: 1 } }',
      'line 3',
      'a range',
    ],
  ])('is refused for %s, with its place and what was expected', (_what, text, place, expected) => {
    const { message } = refusal(text);
    expect(message).toContain('plan.yaml');
    expect(message).toContain(place);
    expect(message).toContain(expected);
  });
});
