import fc from 'fast-check';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { chiSquareBounds, normalCriticalValue } from '../../src/numerics/tails.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { nkInitialState, nkStep } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { PARAMETER_COUNT, parameterVector } from './cases.ts';

/** Samples a case: one parameter vector, this many independent states. */
const STATES = 1_501;
const STEPS = 7;

/** Chance that a correct subject is rejected by one of the four statistics of a case. */
const FALSE_ALARM = 1e-9;

/** A stationary start stays stationary: drawn and stepped states have the ergodic mean and deviation. */
export const ergodicMoments = law({
  id: 'nk/ergodic-moments',
  statement:
    'States drawn from the ergodic distribution have its mean and deviation, and keep them when they are stepped.',
  formula: 'mean ζ = 0, sd ζ = |s|/√(1−ρ²), at the start and after 7 steps',
  guards: 'the live state drifts out of the distribution that it is meant to sample, or was never in it',
  suspects:
    'the transition, its shock scale, and the initial draw (src/models/nk/transition.ts, sampling.ts here)',
  oracle: 'statistic',
  bound:
    'normal tail for the mean, Laurent and Massart (2000, Lemma 1) for the sum of squares, 1e-9 a statistic; at 1,501 states the power is above 0.999 against a deviation off by 25 %',
  needs: [nkInitialState, nkStep],
  budget: { runs: 20, power: 5 },
  cases: fc.record({ parameters: parameterVector, seed: seeds }),
  async judge({ parameters, seed }, { call }) {
    const repeated = float32(
      [STATES, PARAMETER_COUNT],
      Array.from({ length: STATES }, () => parameters).flat(),
    );
    const stream = streamOf(seed).split('nk/ergodic-moments');
    let { zeta } = await call(nkInitialState, { parameters: repeated, seed });
    const deviation = ergodicDeviationOf(parameters);
    const measured = moments('at the start', zeta, deviation);
    for (let step = 0; step < STEPS; step += 1) {
      const innovation = float32([STATES], normals(stream.split(step), STATES));
      ({ zeta } = await call(nkStep, { parameters: repeated, zeta, innovation }));
    }
    return [...measured, ...moments(`after ${STEPS} steps`, zeta, deviation)];
  },
});

/** |s|/√(1−ρ²) in double precision: the statistics are far wider than its rounding. */
function ergodicDeviationOf(parameters: readonly number[]): number {
  const [, sigma = Number.NaN, eta = Number.NaN, , , , rho = Number.NaN, sigmaA = Number.NaN] = parameters;
  return (sigma * (1 - rho) * ((1 + eta) / (sigma + eta)) * sigmaA) / Math.sqrt(1 - rho * rho);
}

function moments(when: string, zeta: TensorValue, deviation: number): readonly Measurement[] {
  const scaled = Array.from(zeta.data, (value) => value / deviation);
  const count = scaled.length;
  const sum = scaled.reduce((total, value) => total + value, 0);
  const squares = scaled.reduce((total, value) => total + value * value, 0);
  const { lower, upper } = chiSquareBounds(STATES, FALSE_ALARM);
  return [
    {
      quantity: `mean of ζ ${when}, in standard errors`,
      measured: Math.abs(sum) / Math.sqrt(count),
      allowed: normalCriticalValue(FALSE_ALARM),
    },
    {
      quantity: `sum of squares of ζ/sd ${when}, distance from ${STATES}`,
      measured: Math.abs(squares - STATES),
      allowed: squares > STATES ? upper - STATES : STATES - lower,
      expected: `${STATES} states`,
      got: `${squares.toFixed(1)} over ${count} states`,
    },
  ];
}
