import fc from 'fast-check';
import { ppoExperience, ppoValueLoss } from '../../src/verification/contracts/index.ts';
import { exactly } from '../../src/verification/generators.ts';
import type { Bench } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, notAnswered } from '../../src/verification/measurement.ts';
import type { OutputOf } from '../../src/verification/operation.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { magnitude } from '../bewley/cases.ts';
import { asAdvantages, flagsOf, ragged, tensorOf, varied } from './cases.ts';

/** Steps, environments, components. */
const SHAPE = [7, 3, 2] as const;
const [STEPS, ENVIRONMENTS, HEADS] = SHAPE;
const SAMPLES = STEPS * ENVIRONMENTS;
const RANGE = 0.2;
/** A range of a fifth of R a time is five updates; twice that leaves room for steps that are not full. */
const UPDATES = 10;
const REACHED = 0.9;
/** Of the way from the old value to the target. */
const STOPS = 20;
/** Shares of a deviation below which it is rounding that decides: r + b is rounded to 2⁻²⁴ b, b within 1e4 deviations. */
const UNSURE = 0.02;

type Mode = 'none' | 'scale';
const NORMALISATIONS = ['none', 'popart'] as const;

/** A case, with targets as they are or standardised. */
type Judged = Case & { readonly normalisation: (typeof NORMALISATIONS)[number] };

interface Case {
  readonly mode: Mode;
  /** r → unit · (r + offset). */
  readonly unit: number;
  readonly offset: number;
  /** (n, C): rewards of episodes of one step, old values, and by how many ranges predictions have moved. */
  readonly rewards: readonly number[];
  readonly old: readonly number[];
  readonly moves: readonly number[];
  /** A constant reward. */
  readonly constant: number;
}

type Update = OutputOf<typeof ppoExperience>['updates'][number];

/** Clipping of the value loss is in the scale of the returns. */
export const valueScale = law<Case>({
  id: 'ppo/value-scale',
  statement:
    'Which samples the clip of the value loss leaves without a gradient does not change with the unit and the origin of the reward; and a critic that goes as far as its gradient takes it comes 90 % of the way from 0 to a constant target within ten updates, whatever the target.',
  formula: 'held(u (r + b)) = held(r);  |V_10 − R| ≤ 0.1 |R| from V_0 = 0',
  guards:
    'a range of 0.2 about values of 1,000, or of nothing about values of 0: all gradients of the critic are 0, and the clip that was to protect it keeps it from learning',
  suspects:
    'the ranges (src/models/ppo/value-loss.ts here), the deviation of the returns that they are in (src/models/ppo/return-moments.ts), also of returns that are all equal',
  oracle: 'symmetry',
  bound:
    'none for the first, but for samples within 2 % of a deviation of an edge, which count either way; none for the second',
  needs: [ppoExperience, ppoValueLoss],
  budget: { runs: 12 },
  coverage: [
    { label: 'clipped by the scale', minimumShare: 0.4, shows: ({ mode }) => mode === 'scale' },
    { label: 'far from zero', minimumShare: 0.2, shows: ({ offset }) => Math.abs(offset) >= 1e4 },
  ],
  cases: fc.record({
    mode: fc.constantFrom<Mode>('scale', 'scale', 'scale', 'none'),
    unit: fc.constantFrom(2 ** -10, 1, 2 ** 10),
    offset: fc.constantFrom(0, 30, -1e4, 1e4),
    rewards: tensorOf([SAMPLES, HEADS], ragged(-2, 2)).map((drawn) => [...varied(drawn).data]),
    old: exactly(SAMPLES * HEADS, ragged(-2, 2)),
    moves: exactly(SAMPLES * HEADS, fc.constantFrom(-4, -2, -0.5, 0.5, 2, 4)),
    constant: fc.tuple(magnitude(1, 1e4), fc.constantFrom(-1, 1)).map(([size, sign]) => size * sign),
  }),
  async judge(sample, bench) {
    const measured: Measurement[] = [];
    for (const normalisation of NORMALISATIONS) {
      const judged = { ...sample, normalisation };
      measured.push(...(await sameSamples(judged, bench)), ...(await progress(judged, bench)));
    }
    return measured;
  },
});

/** What updates of episodes of one step learn from: their returns are their rewards. */
async function experience(
  { call }: Bench,
  { mode, normalisation }: Judged,
  rollouts: readonly { readonly rewards: readonly number[]; readonly values: readonly number[] }[],
): Promise<Update | undefined> {
  const ended = flagsOf(new Array<boolean>(SAMPLES).fill(true), [STEPS, ENVIRONMENTS]);
  const { updates } = await call(ppoExperience, {
    ...asAdvantages,
    returns: { ...asAdvantages.returns, normalisation },
    value: { clip: mode, clipRange: RANGE },
    rewardWeights: [1, 1],
    rollouts: rollouts.map(({ rewards, values }) => ({
      rewards: float32(SHAPE, rewards),
      values: float32(SHAPE, values),
      nextValues: float32(SHAPE, new Float32Array(SAMPLES * HEADS)),
      terminated: ended,
      truncated: flagsOf(new Array<boolean>(SAMPLES).fill(false), [STEPS, ENVIRONMENTS]),
    })),
  });
  return updates.at(-1);
}

/** Samples that clipping holds, with rewards in another unit and from another origin. */
async function sameSamples(sample: Judged, bench: Bench): Promise<readonly Measurement[]> {
  const { mode, unit, offset, rewards, old, moves } = sample;
  const there = (x: number): number => Math.fround(unit * (x + offset));
  const update = await experience(bench, sample, [{ rewards: rewards.map(there), values: old.map(there) }]);
  const deviations = Array.from({ length: HEADS }, (_, head) => deviationOf(rewards, head));
  const rangeAt = (at: number): number => RANGE * (deviations[at % HEADS] ?? NaN);
  const predictions = old.map((value, at) => value + (moves[at] ?? NaN) * rangeAt(at));
  const { clipped } = await bench.call(ppoValueLoss, {
    predictions: float32(
      [SAMPLES, HEADS],
      predictions.map((x, at) => inUnits(update, unit * (x + offset), at)),
    ),
    old: update?.values ?? float32([0], []),
    targets: update?.targets ?? float32([0], []),
    ranges: update?.ranges ?? float32([0], []),
    settings: { clip: mode, loss: 'squared', huberDelta: 1 },
  });
  const isHeld = predictions.map((x, at) => {
    const [from = NaN, target = NaN] = [old[at], rewards[at]];
    const range = rangeAt(at);
    const nearer =
      Math.abs(x - target) - Math.abs(Math.max(from - range, Math.min(from + range, x)) - target);
    if (mode === 'none' || Math.abs(x - from) <= range) return 0;
    return Math.abs(nearer) <= UNSURE * (deviations[at % HEADS] ?? NaN) ? undefined : Number(nearer < 0);
  });
  return deviations.map((_, head) => {
    const own = isHeld.filter((__, at) => at % HEADS === head);
    const held = own.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    const unsure = own.filter((one) => one === undefined).length;
    return agree(
      'share of samples that are held',
      clipped.data[head] ?? NaN,
      (held + unsure / 2) / SAMPLES,
      (unsure / 2 + 2 ** -20) / SAMPLES,
      `head ${head}`,
    );
  });
}

/** A critic that goes as far as the gradient of each update takes it. */
async function progress(sample: Judged, bench: Bench): Promise<readonly Measurement[]> {
  const { constant, mode } = sample;
  const all = <T>(value: T): readonly T[] => new Array<T>(SAMPLES * HEADS).fill(value);
  const rollouts: { readonly rewards: readonly number[]; readonly values: readonly number[] }[] = [];
  let [value, last]: [number, Update | undefined] = [0, undefined];
  for (let count = 0; count < UPDATES; count += 1) {
    rollouts.push({ rewards: all(constant), values: all(inUnits(last, value, 0)) });
    const update = await experience(bench, sample, rollouts);
    const first = ({ data }: TensorValue): number => data[0] ?? NaN;
    if (update === undefined) break;
    const [from, target, range] = [first(update.values), first(update.targets), first(update.ranges)];
    const stops = Array.from({ length: STOPS + 1 }, (_, stop) => from + (stop / STOPS) * (target - from));
    const column = (x: number): TensorValue => float32([STOPS + 1, 1], new Array<number>(STOPS + 1).fill(x));
    const { gradient } = await bench.call(ppoValueLoss, {
      predictions: float32([STOPS + 1, 1], stops),
      old: column(from),
      targets: column(target),
      ranges: column(range),
      settings: { clip: mode, loss: 'squared', huberDelta: 1 },
    });
    if (gradient === null) return [notAnswered('gradient of the value loss')];
    const furthest = gradient.data.findIndex((slope) => slope === 0);
    const reached = stops[furthest < 0 ? STOPS : furthest] ?? NaN;
    value = first(update.mean) + first(update.deviation) * reached;
    last = update;
  }
  return [
    {
      quantity: `distance from a constant target after ${UPDATES} updates`,
      measured: Math.abs(value - constant),
      allowed: (1 - REACHED) * Math.abs(constant),
      expected: String(constant),
      got: String(value),
    },
  ];
}

/** A value in the units of the loss after an update; before any they are those of the reward. */
function inUnits(update: Pick<Update, 'mean' | 'deviation'> | undefined, value: number, at: number): number {
  if (update === undefined) return value;
  return (value - (update.mean.data[at % HEADS] ?? NaN)) / (update.deviation.data[at % HEADS] ?? NaN);
}

function deviationOf(rows: readonly number[], head: number): number {
  const own = rows.filter((_, at) => at % HEADS === head);
  const mean = own.reduce((sum, x) => sum + x, 0) / own.length;
  return Math.sqrt(own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / own.length);
}
