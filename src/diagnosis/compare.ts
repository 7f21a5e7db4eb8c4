import { median } from '../numerics/index.ts';
import type { LoggedRun } from './evidence/logged-run.ts';
import type { Series } from './evidence/series.ts';
import { alignedAt, lateOf, levelOf } from './rules/windows.ts';

/** How a metric of a run stands to that of a baseline. */
export type Relation =
  /** Equal at nearly every step, to a hundredth. */
  | 'equal'
  /** A constant multiple at nearly every step: a change of weight, of unit or of scale. */
  | 'scaled'
  | 'better'
  | 'worse'
  | 'different';

export interface MetricComparison {
  readonly metric: string;
  readonly relation: Relation;
  /** Median over steps of the value over that of the baseline; NaN where the baseline is 0. */
  readonly ratio: number;
  /** Medians of the last fifth. */
  readonly level: number;
  readonly baseline: number;
}

export interface Comparison {
  readonly metrics: readonly MetricComparison[];
  /**
   * Where the loss that is differentiated is a multiple of that of the baseline, and the losses without weights are equal:
   * what a change of weight looks like, and no improvement.
   */
  readonly weightChange?: { readonly loss: MetricComparison; readonly unweighted: MetricComparison };
}

/** Two values that are apart by less are equal: seeds differ by far more, one seed on two engines by less. */
const EQUAL = 0.01;

/** Of the steps at which a relation must hold. */
const NEARLY_ALL = 0.9;

/** Of the rows, the end at which levels are compared. */
const END = 0.2;

const LEAST_STEPS = 3;

const WEIGHTED = ['loss'];
const UNWEIGHTED = ['loss-unweighted', 'value-loss-raw', 'value-loss'];

/** Holds each metric of a run against that of a good one, at the steps that both have. */
export function compareRuns(run: LoggedRun, baseline: LoggedRun): Comparison {
  const metrics = [...run.series.values()].flatMap((series) => {
    const other = baseline.series.get(series.name);
    return other === undefined ? [] : (comparisonOf(series, other) ?? []);
  });
  const named = (names: readonly string[], relation: Relation): MetricComparison | undefined =>
    metrics.find((one) => names.includes(one.metric) && one.relation === relation);
  const [loss, unweighted] = [named(WEIGHTED, 'scaled'), named(UNWEIGHTED, 'equal')];
  return {
    metrics,
    ...(loss === undefined || unweighted === undefined ? {} : { weightChange: { loss, unweighted } }),
  };
}

function comparisonOf(series: Series, baseline: Series): MetricComparison | undefined {
  const pairs = alignedAt([series, baseline]).flatMap(({ points: [one, other] }) =>
    one === undefined || other === undefined ? [] : { value: one.value, baseline: other.value },
  );
  if (pairs.length < LEAST_STEPS) return undefined;
  const ratios = pairs.map((pair) => (pair.value === pair.baseline ? 1 : pair.value / pair.baseline));
  const finite = ratios.filter(Number.isFinite);
  const ratio = finite.length === 0 ? Number.NaN : median(finite);
  const share = (holds: (ratio: number) => boolean): number => ratios.filter(holds).length / ratios.length;
  const [level, before] = [levelOf(lateOf(series.points, END)), levelOf(lateOf(baseline.points, END))];
  const isEqual = share((one) => Math.abs(one - 1) <= EQUAL) >= NEARLY_ALL;
  const isScaled = share((one) => Math.abs(one / ratio - 1) <= EQUAL) >= NEARLY_ALL;
  const relation =
    isEqual || (isScaled && Math.abs(ratio - 1) <= EQUAL)
      ? 'equal'
      : isScaled
        ? 'scaled'
        : changed(series, level, before);
  return { metric: series.name, relation, ratio, level, baseline: before };
}

/** Which way a level went, where the metric has a better one and it is not within a tenth. */
function changed({ metric }: Series, level: number, baseline: number): Relation {
  const better = metric?.better ?? 'neither';
  if (better === 'neither' || Math.abs(level - baseline) <= 0.1 * Math.abs(baseline)) return 'different';
  return level < baseline === (better === 'lower') ? 'better' : 'worse';
}
