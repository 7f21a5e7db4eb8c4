import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import type { Matrix } from '../../engine/oracle/primitives.ts';
import { transpose } from '../../engine/oracle/primitives.ts';
import type { Taxes } from './expressions.ts';

export type Distribution = 'moments' | 'deep-sets' | 'ordered';

/** Sizes of a policy network: E features of deep-sets, H, blocks, D. */
export interface NetworkSizes {
  readonly distribution: Distribution;
  readonly features: number;
  readonly hidden: number;
  readonly blocks: number;
  readonly head: number;
}

/** Settings of the normaliser, and mean wealth of new worlds. */
export interface FeatureSettings {
  readonly meanWealth: number;
  readonly epsilon: number;
  readonly floor: number;
  readonly clip: number;
}

/** One world: numbers of its agents. */
export interface World {
  readonly wealth: readonly number[];
  readonly ability: readonly number[];
  readonly star: readonly number[];
}

/** Normalised features, and what agents are beside: a, e, log(a + ā/50), log e; the star. */
const NORMALISED = 4;
const OWN = NORMALISED + 1;
const TAXES = 5;
const OUTPUTS = 3;

/** Numbers that agents are told of a world of A. */
function toldSize({ distribution, features }: NetworkSizes, agents: number): number {
  if (distribution === 'moments') return 2 * NORMALISED + 1;
  return distribution === 'deep-sets' ? features : 2 * agents;
}

/** Shapes of the weights in the order in which they lie in the flat vector. */
function shapesOf(sizes: NetworkSizes, agents: number): readonly (readonly [string, number, number])[] {
  const { distribution, features, hidden, blocks, head } = sizes;
  const layer = (name: string, from: number, to: number) =>
    [
      [`${name}.W`, from, to],
      [`${name}.b`, 1, to],
    ] as const;
  return [
    ...(distribution === 'deep-sets' ? layer('features', OWN, features) : []),
    ...layer('own', OWN, hidden),
    ['told.V', toldSize(sizes, agents), hidden] as const,
    ...Array.from({ length: blocks }, (_, block) => [
      ...layer(`block ${block}`, hidden, hidden),
      [`block ${block}.modulation`, TAXES, 2 * hidden] as const,
    ]).flat(),
    ...layer('head', hidden, head),
    ...layer('outputs', head, OUTPUTS),
  ];
}

/** P. */
export function weightCount(sizes: NetworkSizes, agents: number): number {
  return shapesOf(sizes, agents).reduce((total, [, rows, columns]) => total + rows * columns, 0);
}

/** Raw outputs of every agent of a world, (A, 3), with the first layer applied to what agents are and are told, joined. */
export function rawOutputs(
  arithmetic: RunningError,
  world: World,
  given: {
    readonly sizes: NetworkSizes;
    readonly weights: ArrayLike<number>;
    readonly mean: ArrayLike<number>;
    readonly variance: ArrayLike<number>;
    readonly settings: FeatureSettings;
    readonly taxes: Taxes;
  },
): Matrix {
  const { sizes, taxes } = given;
  const { exact, rounded, add, mul, sum, dot } = arithmetic;
  const matrix = named(arithmetic, sizes, world.wealth.length, given.weights);
  const swish = (x: Bounded): Bounded => mul(x, arithmetic.sigmoid(x));
  /** In any order of all terms, the bias among them. */
  const affine = (row: readonly Bounded[], kernel: Matrix, [bias = []]: Matrix): readonly Bounded[] =>
    transpose(kernel).map((column, index) =>
      sum([...row.map((x, input) => mul(x, column[input] ?? NOT_A_NUMBER)), bias[index] ?? NOT_A_NUMBER]),
    );

  const normalised = world.wealth.map((_, agent) => normalisedRow(arithmetic, world, agent, given));
  const own = normalised.map((row, agent) => [...row, exact(world.star[agent] ?? Number.NaN)]);
  const embed = (row: readonly Bounded[]): readonly Bounded[] =>
    affine(row, matrix('features.W'), matrix('features.b')).map(swish);
  const told = toldOf(arithmetic, sizes.distribution, normalised, () => own.map(embed));
  const joined = [...matrix('own.W'), ...matrix('told.V')];
  const condition = [
    taxes.consumption,
    taxes.income.tau,
    taxes.income.xi,
    taxes.wealth.tau,
    taxes.wealth.xi,
  ].map((tax) => rounded(tax));

  return own.map((row) => {
    let x = affine([...row, ...told], joined, matrix('own.b')).map(swish);
    for (let block = 0; block < sizes.blocks; block += 1) {
      const modulation = transpose(matrix(`block ${block}.modulation`)).map((column) =>
        dot(condition, column),
      );
      const factor = modulation.slice(0, sizes.hidden).map((gain) => add(gain, exact(1)));
      const shift = modulation.slice(sizes.hidden);
      const by = (values: readonly Bounded[]) =>
        values.map((value, column) => mul(value, factor[column] ?? NOT_A_NUMBER));
      const bias = by(matrix(`block ${block}.b`)[0] ?? []).map((value, column) =>
        add(value, shift[column] ?? NOT_A_NUMBER),
      );
      const after = affine(x, matrix(`block ${block}.W`).map(by), [bias]).map(swish);
      x = x.map((value, column) => add(value, after[column] ?? NOT_A_NUMBER));
    }
    x = affine(x, matrix('head.W'), matrix('head.b')).map(swish);
    return affine(x, matrix('outputs.W'), matrix('outputs.b'));
  });
}

/** The matrices of the flat weights by name. */
function named(
  { exact }: RunningError,
  sizes: NetworkSizes,
  agents: number,
  weights: ArrayLike<number>,
): (name: string) => Matrix {
  const matrices = new Map<string, Matrix>();
  let offset = 0;
  for (const [name, rows, columns] of shapesOf(sizes, agents)) {
    const start = offset;
    matrices.set(
      name,
      Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (__, column) =>
          exact(weights[start + row * columns + column] ?? Number.NaN),
        ),
      ),
    );
    offset += rows * columns;
  }
  return (name) => matrices.get(name) ?? [];
}

/** Of one agent: (x − m)/max(√(v + ε), floor), held within ±clip. */
function normalisedRow(
  arithmetic: RunningError,
  { wealth, ability }: World,
  agent: number,
  {
    mean,
    variance,
    settings,
  }: {
    readonly mean: ArrayLike<number>;
    readonly variance: ArrayLike<number>;
    readonly settings: FeatureSettings;
  },
): readonly Bounded[] {
  const { exact, rounded, add, sub, div, log, sqrt, max, min } = arithmetic;
  const [a, e] = [exact(wealth[agent] ?? Number.NaN), exact(ability[agent] ?? Number.NaN)];
  const offset = div(exact(settings.meanWealth), exact(50));
  const bound = exact(settings.clip);
  return [a, e, log(add(a, offset)), log(e)].map((x, feature) => {
    const deviation = max(
      sqrt(add(exact(variance[feature] ?? Number.NaN), rounded(settings.epsilon))),
      rounded(settings.floor),
    );
    const z = div(sub(x, exact(mean[feature] ?? Number.NaN)), deviation);
    return max(min(z, bound), arithmetic.neg(bound));
  });
}

/** What the agents of a world are told of one another. */
function toldOf(
  { rounded, mean, sub, mul }: RunningError,
  distribution: Distribution,
  normalised: Matrix,
  embedded: () => Matrix,
): readonly Bounded[] {
  if (distribution === 'ordered') {
    const levels = normalised.flatMap((row) => row.slice(0, 2));
    return levels.map((level) => mul(level, rounded(1 / levels.length)));
  }
  if (distribution === 'deep-sets') return transpose(embedded()).map((column) => mean(column));
  const columns = transpose(normalised);
  const means = columns.map((column) => mean(column));
  const centred = columns.map((column, feature) => column.map((z) => sub(z, means[feature] ?? NOT_A_NUMBER)));
  const meanOfProducts = (one: readonly Bounded[], other: readonly Bounded[]): Bounded =>
    mean(one.map((x, agent) => mul(x, other[agent] ?? NOT_A_NUMBER)));
  return [
    ...means,
    ...centred.map((column) => meanOfProducts(column, column)),
    meanOfProducts(centred[0] ?? [], centred[1] ?? []),
  ];
}

const NOT_A_NUMBER: Bounded = { value: Number.NaN, bound: Number.NaN };
