import type { BySeed, Contrast, Estimate } from './estimate.ts';
import { contrastOf, estimateOf } from './estimate.ts';
import type { Quantity, RunNumbers } from './quantity.ts';

/** One finished run. */
export interface FinishedRun extends RunNumbers {
  readonly arm: string;
  readonly seed: number;
}

/** A quantity of one arm. */
export interface Cell {
  readonly arm: string;
  readonly values: readonly { readonly seed: number; readonly value: number; readonly reference?: number }[];
  /** Absent where no run of the arm tells it. */
  readonly estimate?: Estimate;
  /** Mean over seeds. */
  readonly reference?: number;
  /** Against the baseline, absent at the baseline itself. */
  readonly difference?: Contrast & { readonly percent?: number };
}

/** A row of the table: one quantity of every arm, in the order of the plan. */
export interface ComparisonRow {
  readonly id: string;
  readonly label: string;
  readonly cells: readonly Cell[];
}

/** Quantities of arms, each against the baseline if there is one. Rows that no run tells are left out. */
export function compare(
  runs: readonly FinishedRun[],
  {
    arms,
    baseline,
    quantities,
  }: {
    readonly arms: readonly string[];
    readonly baseline?: string;
    readonly quantities: readonly Quantity[];
  },
): readonly ComparisonRow[] {
  const rows = quantities.map((quantity) => {
    const cells = arms.map((arm) => cellOf(runs, arm, quantity));
    const base = cells.find(({ arm }) => arm === baseline);
    return {
      id: quantity.id,
      label: quantity.label,
      cells: cells.map((cell) =>
        base === undefined || cell === base ? cell : against(base, cell, quantity.isLogarithm === true),
      ),
    };
  });
  return rows.filter(({ cells }) => cells.some(({ estimate }) => estimate !== undefined));
}

/** The values of a cell by seed. */
export function bySeed({ values }: Cell): BySeed {
  return new Map(values.map(({ seed, value }) => [seed, value]));
}

function cellOf(runs: readonly FinishedRun[], arm: string, { read, reference }: Quantity): Cell {
  const values = runs
    .filter((run) => run.arm === arm)
    .flatMap((run) => {
      const [value, right] = [read(run), reference?.(run)];
      if (value === undefined) return [];
      return [{ seed: run.seed, value, ...(right === undefined ? {} : { reference: right }) }];
    });
  const estimate = estimateOf(values.map(({ value }) => value));
  const right = estimateOf(values.flatMap((one) => one.reference ?? []));
  return {
    arm,
    values,
    ...(estimate === undefined ? {} : { estimate }),
    ...(right === undefined ? {} : { reference: right.mean }),
  };
}

function against(base: Cell, cell: Cell, isLogarithm: boolean): Cell {
  const contrast = contrastOf([
    [1, bySeed(cell)],
    [-1, bySeed(base)],
  ]);
  if (contrast === undefined) return cell;
  const size = Math.abs(base.estimate?.mean ?? 0);
  const percent = (100 * contrast.mean) / size;
  const isTold = !isLogarithm && Number.isFinite(percent);
  return { ...cell, difference: { ...contrast, ...(isTold ? { percent } : {}) } };
}
