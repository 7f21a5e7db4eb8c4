import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { chiSquareBounds } from '../../src/numerics/tails.ts';
import { ppoDistribution, ppoSurrogate } from '../../src/verification/contracts/index.ts';
import { seeds, sizes } from '../../src/verification/generators.ts';
import type { Bench } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, agreesWithOracle } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { exactRow, rowAt } from './cases.ts';
import { divergence as divergenceAt, logProbability } from './oracle/distribution.ts';
import type { Kind, PolicyTensors } from './policies.ts';
import { actionsOf, KINDS, moved, policyAt, policyOf } from './policies.ts';

interface Case {
  readonly kind: Kind;
  readonly old: PolicyTensors;
  readonly direction: PolicyTensors;
  readonly step: number;
  readonly actions: TensorValue;
  readonly seed: number;
}

/** Samples of the estimate, and the chance that it is off by chance. */
const DRAWS = 301;
const FALSE_ALARM = 1e-9;
/** Divergences of it; log ρ is then a normal number of deviation 0.045 at most. */
const SMALL = { least: 2e-4, most: 1e-3 };
/** k3 = ½ log²ρ (1 + ⅓ log ρ + …): six deviations of log ρ are 0.27, a tenth. */
const CURVATURE = 0.1;

/** How far a policy has gone is what divergences say. */
export const divergence = law<Case>({
  id: 'ppo/divergence',
  statement:
    'The exact divergence from the old policy agrees with its closed form, is never negative, and 0 at equality; k3 is the mean of ρ − 1 − log ρ, and for small steps near the closed form; log probabilities are those of the samples.',
  formula:
    'D = Σ π log(π/π′),  or Σ log σ′/σ + (σ² + (μ − μ′)²)/2σ′² − ½;  k3 = mean(ρ − 1 − log ρ) ≥ 0,  E k3 = D',
  guards: 'a divergence that is reported forty times too large, or negative: updates stop at once, or never',
  suspects:
    'densities and closed forms (src/models/ppo/distribution.ts here), what is told of ratios (src/models/ppo/policy-loss.ts)',
  oracle: 'derivation',
  bound:
    'running error analysis of densities and closed forms; for k3 near D at 301 draws the tail of χ² (1e-9) and a tenth for its curvature',
  needs: [ppoDistribution, ppoSurrogate],
  budget: { runs: 30 },
  coverage: [
    { label: 'discrete', minimumShare: 0.25, shows: ({ kind }) => kind === 'discrete' },
    { label: 'Gaussian', minimumShare: 0.25, shows: ({ kind }) => kind === 'continuous' },
    { label: 'a small step', minimumShare: 0.25, shows: ({ step }) => step < 0.1 },
  ],
  cases: fc.tuple(fc.constantFrom(...KINDS), sizes(2)).chain(([kind, [samples = 3, actions = 5]]) => {
    const shape = [samples, actions] as const;
    return fc.record({
      kind: fc.constant(kind),
      old: policyOf(kind, shape),
      direction: policyOf(kind, shape),
      step: fc.constantFrom(0.01, 0.05, 0.3, 1),
      actions: actionsOf(kind, shape),
      seed: seeds,
    });
  }),
  async judge({ old, direction, step, actions, seed }, bench) {
    const { call, arithmetic } = bench;
    const now = moved(old, direction, step);
    const [answer, equal] = [
      await call(ppoDistribution, { now, old, actions }),
      await call(ppoDistribution, { now: old, old, actions }),
    ];
    const samples = Array.from({ length: actions.shape[0] ?? 0 }, (_, sample) => sample);
    const mean = (of: (sample: number) => Bounded): Bounded => arithmetic.mean(samples.map(of));
    const expected = mean((at) =>
      divergenceAt(arithmetic, policyAt(arithmetic, old, at), policyAt(arithmetic, now, at)),
    );
    const none = mean((at) =>
      divergenceAt(arithmetic, policyAt(arithmetic, old, at), policyAt(arithmetic, old, at)),
    );
    const logs = (policy: PolicyTensors) =>
      samples.map((at) => logProbability(arithmetic, policyAt(arithmetic, policy, at), rowAt(actions, at)));
    return [
      agree('divergence', answer.divergence, expected.value, expected.bound),
      agree('divergence at equality', equal.divergence, 0, none.bound),
      belowZero('divergence', answer.divergence, expected.bound),
      agreesWithOracle('log probability', answer.logProbabilities, logs(now)),
      agreesWithOracle('old log probability', answer.oldLogProbabilities, logs(old)),
      ...(await estimates(bench, logRatios(answer.logProbabilities, answer.oldLogProbabilities))),
      ...(await nearClosedForm(bench, seed)),
    ];
  },
});

function belowZero(quantity: string, got: number, allowed: number): Measurement {
  return { quantity: `${quantity}, below 0`, measured: Math.max(0, -got) + 0 * got, allowed };
}

function logRatios(now: TensorValue, old: TensorValue): TensorValue {
  return float32(
    now.shape,
    now.data.map((log, index) => log - (old.data[index] ?? NaN)),
  );
}

/** What is told of these ratios: k1, and k3, which is never negative. */
async function estimates(
  { call, arithmetic }: Bench,
  logRatio: TensorValue,
): Promise<readonly Measurement[]> {
  const advantages = float32(logRatio.shape, new Float32Array(logRatio.data.length));
  const told = await call(ppoSurrogate, { logRatio, advantages, clip: 0.2 });
  const { mean, neg, sub } = arithmetic;
  const logs = exactRow(arithmetic, logRatio.data);
  const k1 = neg(mean(logs));
  const k3 = mean(logs.map((log) => sub(excess(arithmetic, log), log)));
  return [
    agree('k1', told.k1, k1.value, k1.bound),
    agree('k3', told.k3, k3.value, k3.bound),
    belowZero('k3', told.k3, k3.bound),
  ];
}

/** ρ − 1, as expm1 or as exp − 1. */
function excess({ expm1, exp, sub, exact }: RunningError, log: Bounded): Bounded {
  const direct = expm1(log);
  return { value: direct.value, bound: Math.max(direct.bound, sub(exp(log), exact(1)).bound) };
}

/** A Gaussian policy whose means have moved a little: −2 log ρ·k3 sums to 2D times a χ² of as many degrees as draws. */
async function nearClosedForm({ call }: Bench, seed: number): Promise<readonly Measurement[]> {
  const stream = streamOf(seed).split('ppo/divergence');
  const [size, deviation] = [
    SMALL.least + (SMALL.most - SMALL.least) * stream.uniform(),
    Math.exp(stream.normal() / 4),
  ];
  // Two actions, of which the first mean moves: D = ½ (shift/σ)².
  const shift = Math.fround(deviation * Math.sqrt(2 * size));
  const draws = normals(stream, 2 * DRAWS).map((z) => deviation * z);
  const log = float32([2], [Math.log(deviation), Math.log(deviation)]);
  const at = (mean: number): PolicyTensors => ({
    policy: float32(
      [DRAWS, 2],
      Array.from(draws, (_, index) => (index % 2 === 0 ? mean : 0)),
    ),
    logDeviation: log,
  });
  const answer = await call(ppoDistribution, {
    now: at(shift),
    old: at(0),
    actions: float32([DRAWS, 2], draws),
  });
  const logRatio = logRatios(answer.logProbabilities, answer.oldLogProbabilities);
  const told = await call(ppoSurrogate, { logRatio, advantages: logRatio, clip: 0.2 });
  const { lower, upper } = chiSquareBounds(DRAWS, FALSE_ALARM);
  const ratio = told.k3 / answer.divergence;
  return [
    {
      quantity: 'k3 over the divergence, from 1',
      measured: Math.abs(ratio - 1),
      allowed: ratio > 1 ? (1 + CURVATURE) * (upper / DRAWS) - 1 : 1 - (1 - CURVATURE) * (lower / DRAWS),
      expected: `1, at a divergence of ${size.toPrecision(3)}`,
      got: String(ratio),
    },
  ];
}
