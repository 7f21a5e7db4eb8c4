import type { Combination } from './combinations.ts';
import type { Cell, ComparisonRow } from './comparison.ts';
import { bySeed } from './comparison.ts';
import type { BySeed, Contrast } from './estimate.ts';
import { contrastOf } from './estimate.ts';

/** What changing some factors does to a quantity. */
export interface Effect {
  readonly factors: readonly string[];
  readonly arm: string;
  /** Against the baseline; absent where a run of it is missing. */
  readonly effect?: Contrast;
  /** Of several factors: their joint effect less the sum of each alone. */
  readonly interaction?: Contrast;
}

/** The effects on one quantity. */
export interface Decomposition {
  readonly quantity: string;
  readonly label: string;
  readonly effects: readonly Effect[];
}

/**
 * Effects of a factorial design on each quantity: y(S) − y(∅) for the arm of each combination S, and for several factors
 * the interaction y(S) − y(∅) − Σ_{i∈S} (y({i}) − y(∅)).
 */
export function decompose(
  rows: readonly ComparisonRow[],
  combinations: readonly Combination[],
  baseline: string,
): readonly Decomposition[] {
  if (combinations.length === 0) return [];
  return rows.map(({ id, label, cells }) => ({
    quantity: id,
    label,
    effects: combinations.map((combination) => effectOf(combination, combinations, cells, baseline)),
  }));
}

function effectOf(
  { factors, arm }: Combination,
  combinations: readonly Combination[],
  cells: readonly Cell[],
  baseline: string,
): Effect {
  const valuesOf = (name: string | undefined): BySeed => {
    const cell = cells.find((one) => one.arm === name);
    return cell === undefined ? new Map<number, number>() : bySeed(cell);
  };
  const [joint, base] = [valuesOf(arm), valuesOf(baseline)];
  const effect = contrastOf([
    [1, joint],
    [-1, base],
  ]);
  const alone = factors.map((factor) =>
    valuesOf(combinations.find((one) => one.factors.length === 1 && one.factors[0] === factor)?.arm),
  );
  // Each effect alone brings −y({i}) + y(∅).
  const interaction =
    factors.length === 1
      ? undefined
      : contrastOf([
          [1, joint],
          [factors.length - 1, base],
          ...alone.map((values): readonly [number, BySeed] => [-1, values]),
        ]);
  return {
    factors,
    arm,
    ...(effect === undefined ? {} : { effect }),
    ...(interaction === undefined ? {} : { interaction }),
  };
}
