import fc from 'fast-check';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { between, exactly, seeds } from '../../src/verification/generators.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { magnitude } from './cases.ts';
import type { Distribution, NetworkSizes } from './oracle/network.ts';
import { weightCount } from './oracle/network.ts';

/** What the agents of several worlds are at the start of a period, and in the two draws of the next. */
export interface Batch {
  readonly state: Readonly<Record<'wealth' | 'ability' | 'star', TensorValue>>;
  readonly a: Readonly<Record<'ability' | 'star', TensorValue>>;
  readonly b: Readonly<Record<'ability' | 'star', TensorValue>>;
}

/** A network, how its loss weighs agents, and worlds. */
export interface GradientCase {
  readonly distribution: Distribution;
  readonly byWealth: number;
  readonly batch: Batch;
  readonly seed: number;
}

/** Neither a multiple of 4, nor a number of worlds that is drawn. */
const AGENTS = 5;

const SIZES = { features: 3, hidden: 5, blocks: 1, head: 3 } as const;

/** Far beyond any gradient: a clipped one would not be that of the loss. */
const NO_CLIP = 1e9;

/** Networks, and so many worlds. */
export function gradientCases(worlds: number): fc.Arbitrary<GradientCase> {
  const column = (value: fc.Arbitrary<number>): fc.Arbitrary<TensorValue> =>
    exactly(worlds * AGENTS, value).map((values) => float32([worlds, AGENTS], values));
  const ability = column(between(0.5, 2));
  const star = column(fc.constantFrom(0, 0, 1));
  return fc.record({
    distribution: fc.constantFrom('moments', 'deep-sets', 'ordered'),
    byWealth: fc.constantFrom(0, 0.5, 1),
    batch: fc.record({
      state: fc.record({ wealth: column(magnitude(0.5, 20)), ability, star }),
      a: fc.record({ ability, star }),
      b: fc.record({ ability, star }),
    }),
    seed: seeds,
  });
}

/** What an operation on the gradient of some worlds is asked; without `worldsPerPass` it takes all at once. */
export function gradientOf(
  { distribution, byWealth, seed }: Omit<GradientCase, 'batch'>,
  { state, a, b }: Batch,
  worldsPerPass?: number,
) {
  const [worlds = 0] = state.wealth.shape;
  const sizes: NetworkSizes = { ...SIZES, distribution };
  const count = weightCount(sizes, AGENTS);
  return {
    configuration: {
      network: sizes,
      loss: { byWealth },
      batch: { worlds, agents: AGENTS, ...(worldsPerPass === undefined ? {} : { worldsPerPass }) },
      optimiser: { clipNorm: NO_CLIP },
    },
    // Of an eighth: every agent saves and works, and no residual is lost in the sum of another.
    weights: float32(
      [count],
      normals(streamOf(seed).split('bewley/gradient'), count).map((value) => value / 8),
    ),
    statistics: { mean: float32([4], [6, 1.1, 1.7, 0.1]), variance: float32([4], [9, 0.1, 0.2, 0.1]) },
    state,
    a,
    b,
  };
}

/** Some of the worlds. */
export function worldsOf({ state, a, b }: Batch, first: number, count: number): Batch {
  const own = ({ data }: TensorValue): TensorValue =>
    float32([count, AGENTS], [...data.slice(first * AGENTS, (first + count) * AGENTS)]);
  const drawn = (draw: Batch['a']): Batch['a'] => ({ ability: own(draw.ability), star: own(draw.star) });
  return { state: { ...drawn(state), wealth: own(state.wealth) }, a: drawn(a), b: drawn(b) };
}
