import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { ppoExperience } from '../../src/verification/contracts/index.ts';
import { exactly } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, agreesWithOracle } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { magnitude } from '../bewley/cases.ts';
import type { RecordedRollout } from './cases.ts';
import { asAdvantages, ragged, rolloutOf, rolloutShape, varied } from './cases.ts';

interface Case {
  readonly kind: 'spread' | 'one sample' | 'equal' | 'equal but for roundings';
  readonly rollout: RecordedRollout;
  readonly weights: readonly number[];
}

const WEIGHTS = [
  [1, 1],
  [0.5, 2],
  [1, 2, 0.5],
] as const;

/** Advantages of episodes, each at a level of its own. */
const spread: fc.Arbitrary<Case> = rolloutShape.chain((shape) => {
  const [steps, environments, components] = shape;
  return fc
    .record({
      rollout: rolloutOf(shape, ragged(-1, 1)),
      levels: exactly(steps * environments, ragged(-5, 5)),
      weights: fc.constantFrom(...WEIGHTS.filter(({ length }) => length === components)),
    })
    .map(({ rollout, levels, weights }) => {
      const episode = episodesOf(rollout);
      const rewards = rollout.rewards.data.map(
        (x, at) => x + (levels[episode[Math.floor(at / components)] ?? 0] ?? 0),
      );
      return { kind: 'spread', rollout: { ...rollout, rewards: varied(float32(shape, rewards)) }, weights };
    });
});

/** Advantages that say nothing: one of them, or all equal, to the last digit or but for it. */
const silent: fc.Arbitrary<Case> = fc
  .record({
    kind: fc.constantFrom('one sample', 'equal', 'equal but for roundings'),
    shape: rolloutShape,
    level: magnitude(1e-3, 1e3),
    sign: fc.constantFrom(-1, 1),
    digits: fc.array(fc.boolean(), { minLength: 27, maxLength: 27 }),
  })
  .chain(({ kind, shape: [steps, environments], level, sign, digits }) => {
    const shape = kind === 'one sample' ? ([1, 1, 1] as const) : ([steps, environments, 1] as const);
    const unit = 2 ** (Math.floor(Math.log2(level)) - 23);
    const rewards = Array.from({ length: shape[0] * shape[1] }, (_, at) => {
      return sign * (kind === 'equal but for roundings' && digits[at] === true ? level + unit : level);
    });
    return rolloutOf(shape).map((rollout) => ({
      kind,
      rollout: { ...rollout, rewards: float32(shape, rewards) },
      weights: [1],
    }));
  });

/** Standardised numbers have one of at least 1 among them: whoever makes noise of nothing is at twice this. */
const SILENCE = 0.5;

/** Advantages are made comparable over the whole batch, and nothing is made of nothing. */
export const standardisedAdvantages = law<Case>({
  id: 'ppo/standardised-advantages',
  statement:
    'Advantages have mean 0 and deviation 1 over all samples of an update, so that a worse episode keeps a lower mean; one sample, and samples that are equal but for roundings, come out finite and small.',
  formula: 'z = (A − mean A)/√mean(A − mean A)² over the batch;  |z| ≤ ½ where A does not vary',
  guards:
    'episodes that are each made to look as good as any other; a batch of one that is NaN; noise that is blown up to deviation 1',
  suspects:
    'the standardisation (src/models/ppo/standardise.ts here): over what, and by what where nothing varies',
  oracle: 'derivation',
  bound:
    'forward error of moments in two passes; numbers of mean 0 and deviation 1 have one of size 1, of which half is allowed where nothing varies',
  needs: [ppoExperience],
  budget: { runs: 40 },
  coverage: [
    { label: 'episodes that differ', minimumShare: 0.3, shows: ({ kind }) => kind === 'spread' },
    { label: 'one sample', minimumShare: 0.05, shows: ({ kind }) => kind === 'one sample' },
    {
      label: 'equal but for roundings',
      minimumShare: 0.05,
      shows: ({ kind }) => kind === 'equal but for roundings',
    },
  ],
  cases: fc.oneof(spread, silent),
  async judge({ kind, rollout, weights }, { call, arithmetic }) {
    const { updates } = await call(ppoExperience, {
      ...asAdvantages,
      standardise: true,
      rewardWeights: [...weights],
      rollouts: [{ ...rollout, values: zerosLike(rollout.rewards), nextValues: zerosLike(rollout.rewards) }],
    });
    const answer = updates[0]?.advantages ?? float32([0], []);
    if (kind !== 'spread')
      return Array.from(answer.data, (z, index) => ({
        quantity: 'standardised advantage where nothing varies',
        measured: Math.abs(z),
        allowed: SILENCE,
        at: `${kind}, sample ${index}`,
      }));
    const { exact, mul, sum, mean, sub, sqrt, div } = arithmetic;
    const totals = Array.from({ length: answer.data.length }, (_, row) =>
      sum(
        weights.map((w, component) =>
          mul(exact(w), exact(rollout.rewards.data[row * weights.length + component] ?? NaN)),
        ),
      ),
    );
    const centre = mean(totals);
    const centred = totals.map((total) => sub(total, centre));
    const deviation = sqrt(mean(centred.map((x) => mul(x, x))));
    return [
      agreesWithOracle(
        'standardised advantage',
        answer,
        centred.map((x) => div(x, deviation)),
      ),
      ...order(arithmetic, rollout, totals, deviation, answer),
    ];
  },
});

/** Means of the worst and the best episode stay as far apart as they were, in deviations. */
function order(
  { mean, sub, div, exact }: RunningError,
  rollout: RecordedRollout,
  totals: readonly Bounded[],
  deviation: Bounded,
  answer: TensorValue,
): readonly Measurement[] {
  const episode = episodesOf(rollout);
  const numbers = [...new Set(episode)];
  const meanOf = (rows: readonly Bounded[], one: number): Bounded =>
    mean(rows.filter((_, row) => episode[row] === one));
  const before = numbers.map((one) => meanOf(totals, one));
  const after = numbers.map((one) =>
    meanOf(
      Array.from(answer.data, (z) => exact(z)),
      one,
    ),
  );
  const byValue = (a: number, b: number): number => (before[a]?.value ?? NaN) - (before[b]?.value ?? NaN);
  const sorted = [...before.keys()].sort(byValue);
  const [worst = 0, best = 0] = [sorted[0], sorted.at(-1)];
  const nothing = exact(NaN);
  const gap = div(sub(before[best] ?? nothing, before[worst] ?? nothing), deviation);
  const left = sub(after[best] ?? nothing, after[worst] ?? nothing);
  return [
    agree(
      'distance of the best episode from the worst',
      left.value,
      gap.value,
      gap.bound + left.bound + STORED,
    ),
  ];
}

/** Standardised numbers of at most 10, each rounded to be stored. */
const STORED = 2 * 10 * 2 ** -24;

/** Which episode each sample (T, E) is of. */
function episodesOf({ terminated, truncated }: RecordedRollout): readonly number[] {
  const [, environments = 1] = terminated.shape;
  let episodes = environments;
  const running = Array.from({ length: environments }, (_, index) => index);
  return Array.from(terminated.data, (flag, row) => {
    const index = row % environments;
    const own = running[index] ?? NaN;
    if (flag === 1 || truncated.data[row] === 1) {
      running[index] = episodes;
      episodes += 1;
    }
    return own;
  });
}

function zerosLike({ shape, data }: TensorValue): TensorValue {
  return float32(shape, new Float32Array(data.length));
}
