import { quantile } from '../../numerics/robust.ts';
import type { LogRow, RecordedRun } from './record-run.ts';

/** What timing.jsonl tells that does not depend on the machine. */
const MEMORY = ['tensors', 'tensorBytes'];

/** Rows of the table. */
const SHOWN = 8;

/**
 * What differs in a quarter of the rows differs: a jump at half of the run is seen, and a few odd rows are not the whole
 * story.
 */
const QUANTILE = 0.75;

/** One metric of two runs. */
export interface Difference {
  readonly metric: string;
  /** Upper quartile over the rows of 2|f − c| / (|f| + |c|): from 0, equal, to 2, of opposite sign. */
  readonly size: number;
  readonly correct: readonly LogRow[];
  readonly faulty: readonly LogRow[];
}

/** The metrics of two runs of equal seed and configuration that are not equal, the most different first. */
export function differences(
  correct: Pick<RecordedRun, 'rows' | 'timing'>,
  faulty: Pick<RecordedRun, 'rows' | 'timing'>,
): readonly Difference[] {
  const metrics = namesIn([...correct.rows, ...faulty.rows]);
  const found = [
    ...metrics.map((metric) => differenceOf(metric, correct.rows, faulty.rows)),
    ...MEMORY.map((metric) => differenceOf(metric, correct.timing, faulty.timing)),
  ];
  return found.filter(({ size }) => size > 0).sort((left, right) => right.size - left.size);
}

/** First, middle and last value of the metrics that differ most, as cells. */
export function differenceRows(all: readonly Difference[]): readonly (readonly string[])[] {
  if (all.length === 0) return [['the two logs are equal']];
  const cell = (rows: readonly LogRow[], metric: string): string => {
    const known = rows.filter((row) => typeof row[metric] === 'number');
    const at = [0, Math.floor((known.length - 1) / 2), known.length - 1];
    return known.length === 0 ? '–' : at.map((index) => number(known[index]?.[metric])).join(' → ');
  };
  return [
    ['first → middle → last', 'correct', 'faulty'],
    ...all
      .slice(0, SHOWN)
      .map(({ metric, correct, faulty }) => [metric, cell(correct, metric), cell(faulty, metric)]),
  ];
}

function namesIn(rows: readonly LogRow[]): readonly string[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return [...names].filter((name) => !['step', 'global_step', 'iteration'].includes(name));
}

function differenceOf(metric: string, correct: readonly LogRow[], faulty: readonly LogRow[]): Difference {
  const sizes = pairs(correct, faulty).map(([good, bad]) => relative(good[metric], bad[metric]));
  return { metric, size: sizes.length === 0 ? 0 : quantile(sizes, QUANTILE), correct, faulty };
}

/** Rows of the same place, since steps may begin again after a resume; of the same step where rows are missing. */
function pairs(
  correct: readonly LogRow[],
  faulty: readonly LogRow[],
): readonly (readonly [LogRow, LogRow])[] {
  const byStep = new Map(correct.map((row) => [row['step'], row]));
  const isWhole = correct.length === faulty.length;
  return faulty.flatMap((row, index) => {
    const other = isWhole ? correct[index] : byStep.get(row['step']);
    return other === undefined ? [] : [[other, row]];
  });
}

/** 2|f − c| / (|f| + |c|); 2 where only one of them is a number. */
function relative(correct: number | null | undefined, faulty: number | null | undefined): number {
  if (typeof correct !== 'number' || typeof faulty !== 'number')
    return typeof correct === typeof faulty ? 0 : 2;
  return correct === faulty ? 0 : (2 * Math.abs(faulty - correct)) / (Math.abs(faulty) + Math.abs(correct));
}

function number(value: number | null | undefined): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(3))) : '–';
}
