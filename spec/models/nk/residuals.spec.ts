import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { SubjectError } from '../../../src/errors.ts';
import type { NkResiduals } from '../../../src/models/nk/index.ts';
import { nkKit } from '../../../src/models/nk/index.ts';
import { expectClose, onWasm, read } from '../../nn/on-wasm.ts';
import { economies, parameterTensor } from './batch.ts';

onWasm();

const BATCH = 7;
const { parameters, zeta } = economies(BATCH);

/** Residuals at the closed form, of states of any shape. */
function atClosedForm(states: tf.Tensor, kit = nkKit): NkResiduals {
  const coefficients = kit.coefficients(parameterTensor(parameters));
  const flat = tf.reshape(states, [BATCH]);
  const controls = kit.closedForm(flat, coefficients);
  const expected = kit.closedForm(tf.mul(coefficients.rho, flat), coefficients);
  return kit.residuals(kit, { zeta: states, controls, expected, coefficients });
}

describe('residuals', () => {
  it('vanish at the closed form', async () => {
    const [is = [], phillips = []] = await read(() => {
      const missed = atClosedForm(tf.tensor1d(zeta));
      return [missed.is, missed.phillips];
    });
    expectClose(
      is,
      Array.from(is, () => 0),
      1e-8,
    );
    expectClose(
      phillips,
      Array.from(phillips, () => 0),
      1e-8,
    );
  });

  it('do not vanish for policies that move twice as much', async () => {
    const [is = [], phillips = []] = await read(() => {
      const coefficients = nkKit.coefficients(parameterTensor(parameters));
      const states = tf.tensor1d(zeta);
      const controls = nkKit.closedForm(tf.mul(2, states), coefficients);
      const expected = nkKit.closedForm(states, coefficients);
      const missed = nkKit.residuals(nkKit, { zeta: states, controls, expected, coefficients });
      return [missed.is, missed.phillips];
    });
    expect(is.every((residual, index) => Math.abs(residual) > 1e-3 * Math.abs(zeta[index] ?? 0))).toBe(true);
    expect(phillips.every((residual, index) => Math.abs(residual) > 1e-3 * Math.abs(zeta[index] ?? 0))).toBe(
      true,
    );
  });

  it('refuse a state that has become a column, and name both shapes', () => {
    const column = (): unknown => tf.tidy(() => atClosedForm(tf.tensor2d(zeta, [BATCH, 1])).is.shape);
    expect(column).toThrow(SubjectError);
    expect(column).toThrow(/shape-mismatch[^]*zeta \(7, 1\), output \(7\)/);
  });

  it('would number B² without that guard', () => {
    const kit = { ...nkKit, requireSameShape: () => undefined };
    expect(tf.tidy(() => atClosedForm(tf.tensor2d(zeta, [BATCH, 1]), kit).is.shape)).toEqual([BATCH, BATCH]);
  });
});
