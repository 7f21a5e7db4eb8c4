import type { Combination } from './combinations.ts';
import type { ComparisonRow, FinishedRun } from './comparison.ts';
import { compare } from './comparison.ts';
import type { Decomposition } from './decomposition.ts';
import { decompose } from './decomposition.ts';
import { differenceRule } from './estimate.ts';
import type { HealthyRange } from './plan.ts';
import type { Quantity } from './quantity.ts';
import type { Verdict } from './verdict.ts';
import { judge } from './verdict.ts';

/** How one run of an arm ended. */
export interface RunOutcome {
  readonly seed: number;
  /** Under the folder of the experiment. */
  readonly folder: string;
  readonly status: 'done' | 'failed';
  /** Of a run that failed; null where a signal ended its process. */
  readonly exitCode?: number | null;
  readonly story?: string;
}

/** An arm and its runs. */
export interface ArmOutcome {
  readonly name: string;
  /** What it changes against the baseline: `taxes.income.tau 0.2 → 0`. */
  readonly changes: readonly string[];
  readonly faults: readonly string[];
  readonly runs: readonly RunOutcome[];
}

/** What is compared, and how. */
export interface ComparisonRequest {
  readonly name: string;
  readonly question?: string;
  readonly model: string;
  readonly engine: string;
  readonly seeds: readonly number[];
  /** Gradient steps of each run, where fewer than are configured were asked for. */
  readonly steps?: number;
  readonly baseline?: string;
  readonly quantities: readonly Quantity[];
  readonly decomposition: readonly Combination[];
  readonly verdict?: { readonly quantity: string; readonly healthy: HealthyRange };
}

/** The result of an experiment; equal bytes for equal runs. */
export interface ComparisonReport extends Omit<
  ComparisonRequest,
  'quantities' | 'decomposition' | 'verdict'
> {
  readonly kind: 'plumbline comparison';
  readonly format: 1;
  readonly arms: readonly ArmOutcome[];
  /** When a difference is called one. */
  readonly rule?: string;
  readonly rows: readonly ComparisonRow[];
  readonly decomposition: readonly Decomposition[];
  readonly verdict?: Verdict;
}

/** Compares what the runs left. */
export function reportOf(
  { quantities, decomposition: combinations, verdict: asked, ...about }: ComparisonRequest,
  arms: readonly ArmOutcome[],
  runs: readonly FinishedRun[],
): ComparisonReport {
  const { baseline } = about;
  const names = arms.map(({ name }) => name);
  const rows = compare(runs, { ...about, arms: names, quantities });
  const report = { kind: 'plumbline comparison', format: 1, ...about, arms, rows } as const;
  if (baseline === undefined) return { ...report, decomposition: [] };
  const verdict =
    asked === undefined
      ? undefined
      : judge({
          ...asked,
          row: rows.find(({ id }) => id === asked.quantity),
          baseline,
          arms: names,
          combinations,
          changesOf: (arm) => arms.find(({ name }) => name === arm)?.changes.join(', ') ?? '',
        });
  return {
    ...report,
    rule: differenceRule(about.seeds.length),
    decomposition: decompose(rows, combinations, baseline),
    ...(verdict === undefined ? {} : { verdict }),
  };
}
