import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenEngine } from '../../../src/engine/index.ts';
import { describeEngine, openCholesky, openEngine } from '../../../src/engine/index.ts';
import { nkKit, parseNkConfiguration } from '../../../src/models/nk/index.ts';
import type { SavedState } from '../../../src/models/saved-state.ts';
import { choleskyOf, choleskySolve } from '../../../src/numerics/cholesky.ts';
import { trainNk } from '../../../src/training/index.ts';

const found = describeEngine('tensorflow');

describe.skipIf(found.status === 'missing')(
  found.status === 'missing'
    ? `openCholesky: ${found.reason}; ${found.remedy}`
    : 'openCholesky, on tensorflow',
  () => {
    let engine: OpenEngine | undefined;
    beforeAll(async () => {
      engine = await openEngine('tensorflow');
    });
    afterAll(() => {
      engine?.close();
    });

    /** A Gram matrix that is all but singular, 11 from 9 rows, as those of networks are; nothing above the diagonal is read. */
    const size = 11;
    const gram = (): Float32Array => {
      const rows = Array.from({ length: 9 * size }, (_, index) => Math.sin(7 * index + 1));
      return Float32Array.from({ length: size * size }, (_, place) => {
        const [i, j] = [Math.floor(place / size), place % size];
        if (j > i) return 1e6;
        let sum = 0;
        for (let row = 0; row < 9; row += 1) sum += (rows[row * size + i] ?? 0) * (rows[row * size + j] ?? 0);
        return sum;
      });
    };

    it('solves as the host does, in double precision', () => {
      const values = gram();
      const right = Array.from({ length: size }, (_, index) => Math.cos(index));
      // In single precision this shift would be lost in the roundings of the factor.
      const shift = Math.fround(1e-5);
      const matrix = tf.tensor2d(values, [size, size]);
      const cholesky = openCholesky(size);
      const factor = cholesky?.factor(matrix, shift);
      const host = choleskyOf(values, size, shift);
      if (host === undefined) throw new Error('not positive definite');
      const expected = choleskySolve(host, Float32Array.from(right));
      const largest = Math.max(...expected.map(Math.abs));
      const got = factor?.solve(right) ?? [];
      expect(got).toHaveLength(size);
      expected.forEach((value, index) => {
        expect(Math.abs((got[index] ?? Number.NaN) - value) / largest).toBeLessThan(1e-6);
      });
      factor?.dispose();
      cholesky?.dispose();
      matrix.dispose();
    });

    it('says so when the matrix is not positive definite, and can be asked again', () => {
      const matrix = tf.tensor2d([1, 0, 2, 1], [2, 2]);
      const cholesky = openCholesky(2);
      expect(cholesky?.factor(matrix, 0)).toBeUndefined();
      const factor = cholesky?.factor(matrix, 2);
      // [3 2; 2 3] x = [5, 5].
      expect([...(factor?.solve([5, 5]) ?? [])].map((value) => value.toFixed(6))).toEqual([
        '1.000000',
        '1.000000',
      ]);
      factor?.dispose();
      cholesky?.dispose();
      matrix.dispose();
    });

    it('takes the second-order steps of a run, and goes on with them bit for bit', async () => {
      const configuration = parseNkConfiguration({
        batch: 60,
        network: { hidden: [5, 4], activation: 'gated', unit: 'ergodic', outputScale: 1 },
        loss: { reduction: 'mean' },
        expectation: { rule: 'gauss-hermite', nodes: 3 },
        procedure: { state: 'uniform', gradientSteps: 1 },
        optimiser: { rule: 'levenberg-marquardt' },
        iterations: 12,
      });
      const before = tf.memory().numTensors;
      const task = { kit: nkKit, configuration, seed: 2, logEvery: 1 };
      const host = await trainNk(task);
      const whole = await trainNk({ ...task, compile: true });
      whole.log.forEach(({ total }, step) => {
        expect(Math.abs(total / (host.log[step]?.total ?? Number.NaN) - 1)).toBeLessThan(1e-2);
      });
      let saved: SavedState | undefined;
      await trainNk({
        ...task,
        compile: true,
        maximumSteps: 5,
        onCheckpoint: (state) => {
          saved = state;
        },
      });
      if (saved === undefined) throw new Error('nothing was saved');
      const resumed = await trainNk({ ...task, compile: true, resumeFrom: saved });
      expect(resumed.weights).toEqual(whole.weights);
      expect(tf.memory().numTensors).toBe(before);
    });
  },
);
