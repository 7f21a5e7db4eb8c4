import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { between, exactly, seeds } from '../../src/verification/generators.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import type { Economy } from './cases.ts';
import { economyOf, LABOR, magnitude, taxes } from './cases.ts';
import type { Taxes } from './oracle/expressions.ts';
import type { Distribution, FeatureSettings, NetworkSizes } from './oracle/network.ts';
import { rawOutputs, weightCount } from './oracle/network.ts';

/** A policy network with random weights, and a state that it is asked about. */
export interface NetworkCase {
  readonly sizes: NetworkSizes;
  readonly taxes: Taxes;
  /** Of the four features. */
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly state: Economy<'wealth' | 'ability' | 'star'>;
  readonly seed: number;
}

/** As they are documented; mean wealth is such that its fiftieth is a number of single precision. */
const FEATURES: FeatureSettings = { meanWealth: 6.25, epsilon: 1e-4, floor: 0.01, clip: 10 };

const star = fc.constantFrom(0, 0, 1);

/** Some own nothing, and some are out of the normaliser's range. */
const wealth = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 6, arbitrary: magnitude(0.01, 60) },
);

/** What agents own and are. */
export const agentStates = economyOf({ wealth, ability: magnitude(0.2, 5), star });

/** Networks that describe a world in one of these ways. */
export function networkCases(distributions: readonly Distribution[]): fc.Arbitrary<NetworkCase> {
  return fc.record({
    sizes: fc.record({
      distribution: fc.constantFrom(...distributions),
      features: fc.constant(3),
      hidden: fc.constant(5),
      blocks: fc.constantFrom(0, 1, 2),
      head: fc.constant(3),
    }),
    taxes,
    mean: exactly(4, between(-2, 4)),
    variance: exactly(4, between(0.1, 3)),
    state: agentStates,
    seed: seeds,
  });
}

/** Weights of half a unit: sums on both sides of the bend of the activation, none far out on it. */
export function weightsOf({
  sizes,
  state,
  seed,
}: Pick<NetworkCase, 'sizes' | 'state' | 'seed'>): TensorValue {
  const [, agents = 0] = state.wealth.shape;
  const count = weightCount(sizes, agents);
  return float32(
    [count],
    normals(streamOf(seed).split('bewley/network'), count).map((value) => value / 2),
  );
}

/** What an operation on a policy is asked. */
export function policyOf(sample: NetworkCase) {
  const { sizes, mean, variance, state } = sample;
  const [worlds = 0, agents = 0] = state.wealth.shape;
  const { meanWealth, ...normaliser } = FEATURES;
  return {
    configuration: {
      taxes: sample.taxes,
      network: { ...sizes, labor: LABOR },
      normaliser,
      batch: { worlds, agents },
      initial: { wealth: { mean: meanWealth } },
    },
    weights: weightsOf(sample),
    statistics: { mean: float32([4], mean), variance: float32([4], variance) },
    state,
  };
}

/** e^−x is no part of x in single precision from 17 on, and e^x none of its numbers from 88 on. */
const LARGE = 50;

/** What the agents of a state choose, by a float64 network: (B, A), flat. */
export function choicesOf(
  arithmetic: RunningError,
  sample: NetworkCase,
): Readonly<Record<'savingsRatio' | 'marginalReturn' | 'labor', readonly Bounded[]>> {
  const { exact, rounded, add, sub, mul, neg, exp, log, sigmoid } = arithmetic;
  const { sizes, mean, variance, state } = sample;
  const [worlds = 0, agents = 0] = state.wealth.shape;
  const given = {
    sizes,
    weights: weightsOf(sample).data,
    mean,
    variance,
    settings: FEATURES,
    taxes: sample.taxes,
  };
  const raw = Array.from({ length: worlds }, (_, world) => {
    const own = ({ data }: TensorValue): readonly number[] => [
      ...data.slice(world * agents, (world + 1) * agents),
    ];
    const { wealth: owned, ability, star: stars } = state;
    return rawOutputs(arithmetic, { wealth: own(owned), ability: own(ability), star: own(stars) }, given);
  }).flat();
  const column = (index: number): readonly Bounded[] =>
    raw.map((row) => row[index] ?? { value: Number.NaN, bound: Number.NaN });
  // e^x is no number of single precision from 88.7 on; softplus is x there, to all digits.
  const softplus = (x: Bounded): Bounded =>
    x.value > LARGE ? add(x, exp(neg(x))) : log(add(exact(1), exp(x)));
  const [low, high] = [rounded(LABOR.minimum), rounded(LABOR.maximum)];
  return {
    savingsRatio: column(0).map(sigmoid),
    marginalReturn: column(1).map(softplus),
    labor: column(2).map((x) => add(low, mul(sub(high, low), sigmoid(x)))),
  };
}
