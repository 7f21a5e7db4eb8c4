import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { ppoExperience } from '../../src/verification/contracts/index.ts';
import { exactly } from '../../src/verification/generators.ts';
import type { Bench } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, agreesWithOracle, same } from '../../src/verification/measurement.ts';
import type { OutputOf } from '../../src/verification/operation.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { setting } from '../bewley/cases.ts';
import type { RecordedRollout } from './cases.ts';
import {
  asAdvantages,
  exactRow,
  flagsOf,
  ragged,
  rolloutOf,
  rolloutShape,
  stepName,
  varied,
} from './cases.ts';
import { explicitSums } from './oracle/advantages.ts';
import type { Averages, Scale } from './oracle/moments.ts';
import { averaged, scaleOf } from './oracle/moments.ts';
import { NOT_A_NUMBER } from './oracle/network.ts';

const UPDATES = 3;
/** Added to every reward of the second of two runs: +14 a step is what the record has. */
const BONUS = 14;
/** Smallest distance of two advantages whose order is judged, in the largest distance at the same step. */
const APART = 1e-3;

interface Case {
  readonly normalisation: 'none' | 'popart';
  readonly decay: number;
  readonly discount: number;
  readonly lambda: number;
  readonly rollouts: readonly RecordedRollout[];
  readonly constant: number;
}

type Update = OutputOf<typeof ppoExperience>['updates'][number];

/** Targets are returns, standardised by running moments or as they are, and values stay values. */
export const targetMoments = law<Case>({
  id: 'ppo/target-moments',
  statement:
    'What value heads are told to learn are returns A + V in units that can be undone: as they are, or with popart less the running mean over the running deviation; a constant reward is worth r/(1 − γ); and a bonus on every step leaves the order of advantages of one step as it was.',
  formula:
    'm ← d·m + (1 − d)·mean over 1 − dᵏ;  target = (R − μ)/σ, V = μ + σ·prediction;  r ≡ const: μ + σ·target = r/(1 − γ)',
  guards:
    'a normalisation that nobody calls, or one in which V is no discounted return any more: the order of advantages is inverted, and the log says “enabled”',
  suspects:
    'targets and their units (src/models/ppo/value-targets.ts, src/models/ppo/return-moments.ts here) and what is made of them (src/training/ppo/experience.ts)',
  oracle: 'derivation',
  bound:
    'forward error of advantages as explicit sums, of the averages of moments, and of the deviation as the root of a difference, from the units that the update before reported, which were judged there',
  needs: [ppoExperience],
  budget: { runs: 25 },
  coverage: [
    { label: 'popart', minimumShare: 0.4, shows: ({ normalisation }) => normalisation === 'popart' },
    { label: 'as they are', minimumShare: 0.15, shows: ({ normalisation }) => normalisation === 'none' },
  ],
  cases: rolloutShape.chain((shape) =>
    fc.record({
      normalisation: fc.constantFrom<Case['normalisation']>('popart', 'popart', 'none'),
      decay: fc.constantFrom(0, 0.5, 0.9),
      discount: setting(0.5, 0.95),
      lambda: fc.oneof(fc.constantFrom(0, 1), setting(0.3, 0.99)),
      rollouts: fc
        .record({ unit: fc.constantFrom(0.1, 1, 10), offset: ragged(-1, 1) })
        .chain(({ unit, offset }) =>
          exactly(
            UPDATES,
            rolloutOf(
              shape,
              ragged(-1, 1).map((x) => Math.fround(unit * (x + offset))),
            ).map((rollout) => ({ ...rollout, rewards: varied(rollout.rewards, unit) })),
          ),
        ),
      constant: fc.oneof(ragged(0.5, 20), ragged(-20, -0.5)),
    }),
  ),
  async judge(sample, bench) {
    const { updates } = await bench.call(ppoExperience, {
      ...settingsOf(sample),
      rollouts: [...sample.rollouts],
    });
    return [
      same('updates', String(updates.length), String(UPDATES)),
      ...recursion(bench.arithmetic, sample, updates),
      ...(await constantReward(sample, bench)),
      ...(await orderOfAdvantages(sample, bench)),
    ];
  },
});

function settingsOf({ normalisation, decay, discount, lambda, rollouts }: Case) {
  const [, , components = 0] = rollouts[0]?.rewards.shape ?? [];
  return {
    ...asAdvantages,
    discount,
    lambda,
    returns: { normalisation, clip: 10, decay },
    rewardWeights: new Array<number>(components).fill(1),
  };
}

/** What is reported in single precision may be kept in double. */
function reported({ data }: TensorValue, at: number): Bounded {
  const value = data[at] ?? Number.NaN;
  return { value, bound: 2 ** -24 * Math.abs(value) };
}

/**
 * Returns, targets and their units, update by update. Each begins with the units that the one before reported: with those of the
 * oracle the bounds would grow thirtyfold with every update, until none is left of a variance.
 */
function recursion(
  arithmetic: RunningError,
  sample: Case,
  updates: readonly Update[],
): readonly Measurement[] {
  const { exact, add, sub, mul, div } = arithmetic;
  const [steps = 0, environments = 0, components = 0] = sample.rollouts[0]?.rewards.shape ?? [];
  const plain: Scale = { mean: exact(0), deviation: exact(1) };
  let averages: readonly Averages[] = new Array<Averages>(components).fill({
    weight: exact(0),
    first: exact(0),
    second: exact(0),
  });
  let before: readonly Scale[] = new Array<Scale>(components).fill(plain);
  const measured: Measurement[] = [];
  for (const [index, rollout] of sample.rollouts.entries()) {
    const update = updates[index];
    if (update === undefined) return measured;
    const known = before;
    const inRewards = ({ data }: TensorValue): readonly Bounded[] =>
      exactRow(arithmetic, data).map((v, at) => {
        const { mean, deviation } = known[at % components] ?? plain;
        return add(mean, mul(deviation, v));
      });
    const values = inRewards(rollout.values);
    const sums = explicitSums(
      arithmetic,
      {
        shape: [steps, environments, components],
        rewards: exactRow(arithmetic, rollout.rewards.data),
        values,
        nextValues: inRewards(rollout.nextValues),
        terminated: rollout.terminated,
        truncated: rollout.truncated,
      },
      sample,
    );
    const returns = sums.advantages.map((advantage, at) => add(advantage, values[at] ?? NOT_A_NUMBER));
    averages = averages.map((past, component) =>
      averaged(
        arithmetic,
        past,
        returns.filter((_, at) => at % components === component),
        sample.decay,
      ),
    );
    const units = averages.map((one) =>
      sample.normalisation === 'popart' ? scaleOf(arithmetic, one) : plain,
    );
    const targets = returns.map((one, at) => {
      const { mean, deviation } = units[at % components] ?? plain;
      return div(sub(one, mean), deviation);
    });
    const name = stepName(rollout.rewards);
    const at = (element: number): string => `update ${index}, ${name(element)}`;
    const head = (component: number): string => `update ${index}, component ${component}`;
    measured.push(
      agreesWithOracle('return', update.returns, returns, at),
      agreesWithOracle('target', update.targets, targets, at),
      agreesWithOracle(
        'mean of the units',
        update.mean,
        units.map(({ mean }) => mean),
        head,
      ),
      agreesWithOracle(
        'deviation of the units',
        update.deviation,
        units.map(({ deviation }) => deviation),
        head,
      ),
      ...(index === 0 && sample.normalisation === 'popart'
        ? momentsOf(arithmetic, update.targets, targets, components)
        : []),
    );
    before = units.map((_, component) => ({
      mean: reported(update.mean, component),
      deviation: reported(update.deviation, component),
    }));
  }
  return measured;
}

/** The first targets have mean 0 and deviation 1: the averages are those of their own update alone. */
function momentsOf(
  { mean, mul }: RunningError,
  { data }: TensorValue,
  oracle: readonly Bounded[],
  components: number,
): readonly Measurement[] {
  return Array.from({ length: components }, (_, component) => {
    const isOwn = (__: unknown, at: number): boolean => at % components === component;
    const got = [...data].filter(isOwn);
    const bounds = oracle.filter(isOwn);
    const average = (of: (x: number) => number): number =>
      got.reduce((sum, x) => sum + of(x) / got.length, 0);
    return [
      agree(
        'mean of the first targets',
        average((x) => x),
        0,
        mean(bounds).bound,
        `component ${component}`,
      ),
      agree(
        'mean square of the first targets',
        average((x) => x * x),
        1,
        mean(bounds.map((x) => mul(x, x))).bound,
        `component ${component}`,
      ),
    ];
  }).flat();
}

/** With V = r/(1 − γ) everywhere and nothing that ends, targets are that again. */
async function constantReward(sample: Case, { call, arithmetic }: Bench): Promise<readonly Measurement[]> {
  const { constant, discount } = sample;
  const shape = sample.rollouts[0]?.rewards.shape ?? [];
  const [steps = 0, environments = 0, components = 0] = shape;
  const worth = constant / (1 - discount);
  const all = (x: number): TensorValue =>
    float32(shape, new Array<number>(steps * environments * components).fill(x));
  const none = flagsOf(new Array<boolean>(steps * environments).fill(false), [steps, environments]);
  const rollout = {
    rewards: all(constant),
    values: all(worth),
    nextValues: all(worth),
    terminated: none,
    truncated: none,
  };
  const { updates } = await call(ppoExperience, { ...settingsOf(sample), rollouts: [rollout] });
  const { rounded, exact, add } = arithmetic;
  const values = Array.from(rollout.values.data, () => rounded(worth));
  const sums = explicitSums(
    arithmetic,
    {
      ...rollout,
      shape: [steps, environments, components],
      rewards: Array.from(rollout.rewards.data, (x) => exact(x)),
      values,
      nextValues: values,
    },
    sample,
  );
  const { targets, mean, deviation } = updates[0] ?? NO_UPDATE;
  const learnt = targets.data.map(
    (target, at) => (mean.data[at % components] ?? NaN) + (deviation.data[at % components] ?? NaN) * target,
  );
  return [
    agreesWithOracle(
      'worth of a constant reward',
      float32(shape, learnt),
      // The targets are stored in units in which they are 0 or as large as the worth, and here once more.
      sums.advantages.map((advantage, at) => {
        const { bound } = add(advantage, values[at] ?? NOT_A_NUMBER);
        return { value: worth, bound: 2 * bound + 2 * rounded(worth).bound };
      }),
      stepName(rollout.rewards),
    ),
  ];
}

/** A critic that has learnt its targets, with and without a bonus on every step: one step, many environments. */
async function orderOfAdvantages(sample: Case, { call }: Bench): Promise<readonly Measurement[]> {
  const [first, second] = sample.rollouts;
  if (first === undefined || second === undefined) return [];
  const { shape } = first.rewards;
  const [steps = 0, environments = 0, components = 0] = shape;
  const none = flagsOf(new Array<boolean>(steps * environments).fill(false), [steps, environments]);
  const advantagesWith = async (bonus: number): Promise<TensorValue> => {
    const paid = ({ rewards }: RecordedRollout): TensorValue =>
      float32(
        shape,
        rewards.data.map((reward) => reward + bonus),
      );
    const zeros = float32(shape, new Float32Array(first.rewards.data.length));
    const flags = { terminated: none, truncated: none };
    const untold = { rewards: paid(first), values: zeros, nextValues: zeros, ...flags };
    const settings = settingsOf(sample);
    const { updates } = await call(ppoExperience, { ...settings, rollouts: [untold] });
    const told = updates[0]?.targets ?? zeros;
    const stride = environments * components;
    const next = float32(
      shape,
      told.data.map((_, at) => told.data[at + stride] ?? told.data[at] ?? NaN),
    );
    const learnt = { rewards: paid(second), values: float32(shape, told.data), nextValues: next, ...flags };
    const later = await call(ppoExperience, { ...settings, rollouts: [untold, learnt] });
    return later.updates[1]?.advantages ?? zeros;
  };
  const [plain, raised] = [await advantagesWith(0), await advantagesWith(BONUS)];
  return Array.from({ length: steps }, (_, step) => {
    const row = ({ data }: TensorValue) => [...data.slice(step * environments, (step + 1) * environments)];
    return same(
      'order of advantages',
      orderOf(row(raised), row(plain)),
      orderOf(row(plain), row(raised)),
      `step ${step}`,
    );
  });
}

/** Which of each two is the larger, where they are apart by more than rounding in both of two rows. */
function orderOf(row: readonly number[], other: readonly number[]): string {
  const width = (numbers: readonly number[]): number => Math.max(...numbers) - Math.min(...numbers);
  const apart = (numbers: readonly number[], a: number, b: number): number =>
    ((numbers[a] ?? NaN) - (numbers[b] ?? NaN)) / width(numbers);
  return row
    .flatMap((_, a) =>
      row.slice(0, a).map((__, b) => {
        const both = [apart(row, a, b), apart(other, a, b)];
        if (both.some((one) => Math.abs(one) <= APART)) return '=';
        return (both[0] ?? NaN) > 0 ? '>' : (both[0] ?? NaN) < 0 ? '<' : 'NaN';
      }),
    )
    .join(' ');
}

const NOTHING = float32([0], []);
const NO_UPDATE = { targets: NOTHING, mean: NOTHING, deviation: NOTHING };
