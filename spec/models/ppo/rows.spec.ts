import { describe, expect, it } from 'vitest';
import type { PpoBatch } from '../../../src/models/ppo/index.ts';
import {
  endOfStep,
  endsUpdate,
  explainedVariance,
  minibatches,
  normaliseObservations,
  ppoKit,
  rowsOf,
  shaping,
  standardise,
  withShaping,
} from '../../../src/models/ppo/index.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import { made } from './environments/episode.ts';

describe('minibatches', () => {
  it('have every row once, in another order in every epoch', () => {
    const random = streamOf(2);
    const epochs = [0, 1].map((epoch) => minibatches(12, 4, random.split(epoch)).map((rows) => [...rows]));
    for (const epoch of epochs) {
      expect(epoch.map((rows) => rows.length)).toEqual([4, 4, 4]);
      expect(epoch.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, row) => row));
    }
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it('put each row anywhere', () => {
    const firsts = Array.from({ length: 200 }, (_, seed) => minibatches(4, 1, streamOf(seed))[0]?.[0]);
    expect(new Set(firsts)).toEqual(new Set([0, 1, 2, 3]));
  });
});

describe('rowsOf', () => {
  it('takes the same rows of every column, whatever its width', () => {
    const column = (width: number, offset: number): Float32Array =>
      Float32Array.from(
        { length: 3 * width },
        (_, at) => offset + Math.floor(at / width) + (at % width) / 10,
      );
    const batch: PpoBatch = {
      observations: column(3, 0),
      actions: column(2, 100),
      logProbabilities: column(1, 200),
      policies: column(2, 300),
      advantages: column(1, 400),
      values: column(2, 500),
      targets: column(2, 600),
      ranges: column(2, 700),
    };
    const chosen = rowsOf(batch, [2, 0]);
    expect(Object.keys(chosen)).toEqual(Object.keys(batch));
    expect([...chosen.observations]).toEqual([2, 2.1, 2.2, 0, 0.1, 0.2].map(Math.fround));
    for (const [name, rows] of Object.entries(chosen) as [keyof PpoBatch, Float32Array][]) {
      const width = batch[name].length / 3;
      expect([...rows]).toEqual([...batch[name].slice(2 * width), ...batch[name].slice(0, width)]);
    }
  });
});

describe('endsUpdate', () => {
  it('is after the last epoch, or where the divergence is beyond the target', () => {
    expect(endsUpdate({ divergence: 0.1, isLast: true }, undefined)).toBe(true);
    expect(endsUpdate({ divergence: 0.1, isLast: false }, undefined)).toBe(false);
    expect(endsUpdate({ divergence: 0.1, isLast: false }, 0.1)).toBe(false);
    expect(endsUpdate({ divergence: 0.11, isLast: false }, 0.1)).toBe(true);
  });
});

describe('standardise', () => {
  it('gives mean 0 and deviation 1, and keeps the order', () => {
    const standardised = standardise(Float64Array.of(1, 5, 3));
    const deviation = Math.sqrt(8 / 3);
    for (const [at, expected] of [-2, 2, 0].entries())
      expect(standardised[at]).toBeCloseTo(expected / deviation, 12);
  });

  it('makes nothing of numbers that are equal but for roundings, of one number, and of zeros', () => {
    expect([...standardise(Float64Array.of(1000, 1000 + 1e-6, 1000 - 1e-6))]).toEqual([0, 0, 0]);
    expect([...standardise(Float64Array.of(3))]).toEqual([0]);
    expect([...standardise(new Float64Array(4))]).toEqual([0, 0, 0, 0]);
  });

  it('is the same in other units', () => {
    const numbers = [1e-3, 5e-3, -2e-3];
    const expected = standardise(Float64Array.from(numbers));
    for (const [at, value] of standardise(Float64Array.from(numbers, (x) => 1e-9 * x)).entries())
      expect(value).toBeCloseTo(expected[at] ?? NaN, 9);
  });
});

describe('explainedVariance', () => {
  it('is 1 for a perfect critic, 0 for a constant and below for a bad one, head by head', () => {
    const returns = Float64Array.of(1, 1, 1, 3, 3, 3);
    const values = Float64Array.of(1, 9, 3, 3, 9, 1);
    expect(explainedVariance(values, returns, 3)).toEqual([1, 0, -3]);
  });

  it('is none where the targets do not vary', () => {
    expect(explainedVariance(Float64Array.of(1, 2), Float64Array.of(4, 4), 1)[0]).toBeNaN();
  });
});

describe('normaliseObservations', () => {
  const moments = { count: 5, mean: Float64Array.of(1, 100), variance: Float64Array.of(4, 0) };

  it('standardises by running moments, within the clip; what never varies is 0', () => {
    const rows = Float32Array.of(3, 100, -1, 100, 1e6, 100);
    const fed = normaliseObservations(moments, rows, { normalisation: 'running', clip: 5 });
    for (const [at, expected] of [1, 0, -1, 0, 5, 0].entries()) expect(fed[at]).toBeCloseTo(expected, 6);
    expect([...rows]).toEqual([3, 100, -1, 100, 1e6, 100]);
  });

  it('leaves them as they are otherwise', () => {
    const rows = Float32Array.of(3, 1e9);
    expect(normaliseObservations(moments, rows, { normalisation: 'none', clip: 5 })).toBe(rows);
  });
});

describe('endOfStep', () => {
  it('is never both: a task that ends with its time has ended', () => {
    const ends = (ended: boolean, elapsed: number) => endOfStep({ ended, elapsed, timeLimit: 3 });
    expect(ends(false, 2)).toEqual({ terminated: false, truncated: false });
    expect(ends(false, 3)).toEqual({ terminated: false, truncated: true });
    expect(ends(true, 3)).toEqual({ terminated: true, truncated: false });
    expect(endOfStep({ ended: false, elapsed: 1e9, timeLimit: Infinity }).truncated).toBe(false);
  });
});

describe('shaping', () => {
  it('telescopes to −Φ of the start over an episode, discounted, whatever lies between', () => {
    const discount = 0.9;
    const potentials = [3, -1, 7, 2];
    const sum = potentials.reduce((total, before, step) => {
      const terminated = step === potentials.length - 1;
      const after = potentials[step + 1] ?? 1e9;
      return total + discount ** step * shaping({ before, after, terminated, discount });
    }, 0);
    expect(sum).toBeCloseTo(-3, 12);
  });

  it('is a component of its own beside the others, or nothing at all', () => {
    const environment = made({ name: 'cart-pole' });
    const potential = (state: Float32Array): number => state[0] ?? NaN;
    const shaped = withShaping(ppoKit, { ...environment, potential }, { weight: 2, discount: 0.5 });
    expect(shaped.rewards).toEqual([...environment.rewards, 'shaping']);
    const state = Float32Array.of(1, 1, 0, 0);
    const rewards = new Float32Array(2);
    shaped.step(state, Float32Array.of(1), rewards, streamOf(1));
    expect([...rewards]).toEqual([1, Math.fround(2 * (0.5 * (state[0] ?? NaN) - 1))]);
    expect(withShaping(ppoKit, environment, { weight: 2, discount: 0.5 })).toBe(environment);
    const without = { ...environment, potential };
    expect(withShaping(ppoKit, without, { weight: 0, discount: 0.5 })).toBe(without);
  });
});
