/** A number that several seeds have been asked for. */
export interface Estimate {
  readonly mean: number;
  /** Sample standard deviation over seeds; undefined with one. */
  readonly deviation?: number;
  readonly seeds: number;
}

/** A difference, and whether it is one. */
export interface Contrast extends Estimate {
  /** Whether seeds alone do not explain it; undefined with one seed, whose spread nobody knows. */
  readonly isDifference?: boolean;
}

/** A number of one arm, seed by seed. */
export type BySeed = ReadonlyMap<number, number>;

/**
 * Two-sided critical values of Student's t at 5 % for 1 to 20 degrees of freedom, from any table of it. More seeds are
 * held to the last, which is stricter than theirs.
 */
const CRITICAL = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086,
];

/** The rule of `isDifference`, for those who read the result. */
export function differenceRule(seeds: number): string {
  if (seeds === 1) return 'With one seed the spread between seeds is unknown: no difference is called one.';
  return 'A difference is taken seed by seed, between runs that begin with the same draws. It is called one when its mean is further from 0 than the spread of the seeds explains: beyond Student’s t at 5 % (n − 1 degrees of freedom) times the standard deviation of the n differences over √n.';
}

/** Mean and spread; undefined without a seed. */
export function estimateOf(values: readonly number[]): Estimate | undefined {
  const seeds = values.length;
  if (seeds === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / seeds;
  if (seeds === 1) return { mean, seeds };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (seeds - 1)), seeds };
}

/**
 * A weighted sum of arms, Σ c_i y_i, over the seeds that all of them have; undefined where there is none.
 *
 * @example contrastOf([[1, treated], [-1, baseline]]) // the difference
 */
export function contrastOf(terms: readonly (readonly [weight: number, arm: BySeed])[]): Contrast | undefined {
  const [first] = terms;
  const shared = [...(first?.[1].keys() ?? [])].filter((seed) => terms.every(([, arm]) => arm.has(seed)));
  const values = shared.map((seed) =>
    terms.reduce((sum, [weight, arm]) => sum + weight * (arm.get(seed) ?? Number.NaN), 0),
  );
  const estimate = estimateOf(values);
  if (estimate?.deviation === undefined) return estimate;
  const { mean, deviation, seeds } = estimate;
  const critical = CRITICAL[Math.min(seeds - 1, CRITICAL.length) - 1] ?? Infinity;
  return { ...estimate, isDifference: Math.abs(mean) > (critical * deviation) / Math.sqrt(seeds) };
}
