import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inBewley } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults in what becomes of residuals: complementarity, the loss, numbers that are none, periods and what is fed. */
export const bewleyResidualFaults: readonly Fault<Kit>[] = [
  {
    id: 'bewley/complementarity-sign',
    summary: 'complementarity is taken of (s, h) where (s, 1 − h) is meant',
    sign: '',
    killedBy: ['bewley/complementarity'],
    engines: 'all',
    inject: inBewley(() => ({
      complementarity: (kit, { savingsRatio, marginalReturn }) =>
        kit.fischerBurmeister(savingsRatio, marginalReturn),
    })),
  },
  {
    id: 'bewley/outputs-swapped',
    summary: 'savings ratio and marginal return are unpacked in each other’s place',
    sign: 'h below 1 for everyone',
    killedBy: ['bewley/controls'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      controls: (raw, bounds) => {
        const { savingsRatio, marginalReturn, labor } = bewley.controls(raw, bounds);
        return { savingsRatio: marginalReturn, marginalReturn: savingsRatio, labor };
      },
    })),
  },
  {
    id: 'bewley/square-of-one-draw',
    summary: 'the mean of the squares of both branches stands in place of their product',
    sign: 'the Euler part of the loss is never negative',
    repair: true,
    killedBy: ['bewley/all-in-one', 'bewley/loss'],
    engines: 'all',
    inject: inBewley(() => ({
      allInOne: (a, b) => tf.div(tf.add(tf.square(a), tf.square(b)), 2),
    })),
  },
  {
    id: 'bewley/loss-weight',
    summary: 'complementarity weighs 0.1 where 1 is declared',
    sign: 'one residual stays large while the loss falls',
    killedBy: ['bewley/loss'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      loss: (kit, residuals, wealth, settings) => {
        const { weights } = settings;
        return bewley.loss(kit, residuals, wealth, {
          ...settings,
          weights: { ...weights, complementarity: 0.1 * weights.complementarity },
        });
      },
    })),
  },
  {
    id: 'bewley/nan-to-zero',
    summary: 'a residual that is no number becomes 0, the optimum',
    sign: 'a loss of exactly 0',
    repair: true,
    killedBy: ['bewley/domain'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      eulerResidual: (...args) => zeroForNaN(bewley.eulerResidual(...args)),
      complementarity: (...args) => zeroForNaN(bewley.complementarity(...args)),
      laborResiduals: (...args) => {
        const { absolute, relative } = bewley.laborResiduals(...args);
        return { absolute: zeroForNaN(absolute), relative: zeroForNaN(relative) };
      },
    })),
  },
  {
    id: 'bewley/abs-in-power',
    summary: 'powers are taken of |x|: negative consumption counts as positive',
    sign: '',
    repair: true,
    killedBy: ['bewley/domain'],
    engines: 'all',
    inject: inBewley(() => ({ onDomain: (x, _domain, f) => f(tf.abs(x)) })),
  },
  {
    id: 'bewley/two-savings-per-shock',
    summary: 'the wealth that was saved inside the chosen branch is committed',
    sign: '',
    killedBy: ['bewley/committed-state'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      commit: (kit, today, chosen) => ({
        ...bewley.commit(kit, today, chosen),
        wealth: chosen.period.savings,
      }),
    })),
  },
  {
    id: 'bewley/stale-observation',
    summary: 'the policy sees the money of the period before where wealth of today is meant',
    sign: '',
    killedBy: ['bewley/observation'],
    engines: 'all',
    inject: inBewley((bewley) => {
      let last: tf.Tensor | undefined;
      return {
        period: (...args) => {
          const period = bewley.period(...args);
          last = period.money;
          return period;
        },
        policyInputs: (state) => {
          const inputs = bewley.policyInputs(state);
          return last === undefined || last.isDisposed ? inputs : { ...inputs, wealth: last };
        },
      };
    }),
  },
];

function zeroForNaN(x: tf.Tensor): tf.Tensor {
  return tf.where(tf.isNaN(x), tf.zerosLike(x), x);
}
