import type { AgentEulerErrors } from './euler-errors.ts';
import { finiteOrNull } from './statistics.ts';

/** log₁₀ of |c_Euler/c − 1| over the agents of a cross-section who are not constrained. */
export interface EulerErrorSummary {
  /** Of the mean error; null where all are constrained. */
  readonly mean: number | null;
  readonly percentile99: number | null;
  readonly maximum: number | null;
  readonly agents: number;
  /** Agents left out: for them the Euler equation need not hold with equality. */
  readonly shareExcluded: number;
  /**
   * Of those, the share of whom the other side of the condition fails by more than 1 %: c_Euler below c, so that they
   * should save and do not. 0 where nobody is constrained.
   */
  readonly shareShouldSave: number;
  /** Probability of what was left out of expectations: of the world where it is largest. */
  readonly probabilityLeftOut: number;
  /** By ascending wealth in groups of equally many: the wealth of its middle, and log₁₀ of mean and 90th percentile. */
  readonly byWealth: readonly {
    readonly wealth: number;
    readonly mean: number | null;
    readonly percentile90: number | null;
  }[];
  /** Shares of agents (n) with an error of at most 10^log10, in steps of a tenth. */
  readonly cumulative: { readonly log10: readonly number[]; readonly share: readonly number[] };
}

const SHOULD_SAVE = 0.01;
const WEALTH_GROUPS = 20;
const LOWEST_LOG = -6;
const STEPS_OF_LOG = 70;

/** Quantiles of errors, as the reference gives them. @param wealth (B·A) */
export function eulerSummary(
  { error, isConstrained, probabilityLeftOut }: AgentEulerErrors,
  wealth: Float32Array,
): EulerErrorSummary {
  const judged = Array.from(error, (value, index) => ({
    size: Math.abs(value),
    wealth: wealth[index] ?? 0,
    index,
  }))
    .filter(({ index }) => isConstrained[index] !== 1)
    .sort((left, right) => left.wealth - right.wealth);
  const sizes = ascending(judged.map(({ size }) => size));
  const excluded = error.length - judged.length;
  const shouldSave = error.filter(
    (value, index) => isConstrained[index] === 1 && value < -SHOULD_SAVE,
  ).length;
  const groups = Math.min(WEALTH_GROUPS, judged.length);
  const log10 = Array.from({ length: STEPS_OF_LOG + 1 }, (_, step) => LOWEST_LOG + step / 10);
  return {
    ...quantiles(sizes),
    agents: error.length,
    shareExcluded: excluded / error.length,
    shareShouldSave: excluded === 0 ? 0 : shouldSave / excluded,
    probabilityLeftOut,
    byWealth: Array.from({ length: groups }, (_, group) => {
      const edge = (index: number): number => Math.round((index * judged.length) / groups);
      const own = judged.slice(edge(group), edge(group + 1));
      const ordered = ascending(own.map(({ size }) => size));
      return {
        wealth: own[own.length >> 1]?.wealth ?? 0,
        mean: log(meanSize(ordered)),
        percentile90: log(at(ordered, 0.9)),
      };
    }),
    cumulative: {
      log10,
      share: log10.map((exponent) => {
        const below = sizes.filter((size) => size <= 10 ** exponent).length;
        return sizes.length === 0 ? 0 : below / sizes.length;
      }),
    },
  };
}

/**
 * What sampling leaves in an error: the root mean square over agents of the difference of two evaluations with draws of
 * their own, over √2, in units of consumption.
 */
export function samplingError(first: AgentEulerErrors, second: AgentEulerErrors): number {
  const difference = first.error.map((value, index) => value - (second.error[index] ?? Number.NaN));
  const kept = difference.filter((_, index) => first.isConstrained[index] !== 1);
  const square = kept.reduce((sum, value) => sum + value * value, 0) / kept.length;
  return Math.sqrt(square / 2);
}

function quantiles(sizes: readonly number[]): Pick<EulerErrorSummary, 'mean' | 'percentile99' | 'maximum'> {
  return { mean: log(meanSize(sizes)), percentile99: log(at(sizes, 0.99)), maximum: log(at(sizes, 1)) };
}

/** What is no number counts as larger than all. */
function ascending(sizes: readonly number[]): readonly number[] {
  return [...sizes].sort((a, b) => Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || a - b);
}

function at(sizes: readonly number[], share: number): number {
  return sizes[Math.max(0, Math.ceil(share * sizes.length) - 1)] ?? Number.NaN;
}

function meanSize(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
}

/** Errors of single precision and below count as 1e-9: a logarithm of 0 is none. */
function log(size: number): number | null {
  return finiteOrNull(Math.log10(Math.max(size, 1e-9)));
}
