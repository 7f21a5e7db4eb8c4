/** Between the run and the metric in the name of a column. */
const SEPARATOR = ' - ';

/** Behind the name of a column, for the least and the greatest of the points that are joined in one of the chart. */
const [LEAST, GREATEST] = ['__MIN', '__MAX'];

/** One column of a chart that is not its axis. */
export interface ChartColumn {
  readonly index: number;
  readonly run: string;
  readonly metric: string;
  /** What it holds of the points of another column, at the index `base`; a column of its own is its own base. */
  readonly of: 'least' | 'greatest' | undefined;
  readonly base: number;
}

/**
 * The columns of a header `AXIS, RUN - METRIC, RUN - METRIC__MIN, RUN - METRIC__MAX, …`; undefined for any other header.
 * Names of runs may hold the separator, those of metrics hardly do.
 */
export function chartColumnsIn(header: readonly string[]): readonly ChartColumn[] | undefined {
  // Runs of a sweep may have one name: the second columns of a name are of a second run.
  const indices = new Map<string, number[]>();
  const columns: ChartColumn[] = [];
  for (const [index, name] of header.entries()) {
    if (index === 0) continue;
    const before = indices.get(name) ?? [];
    indices.set(name, [...before, index]);
    const split = name.lastIndexOf(SEPARATOR);
    if (split <= 0) return undefined;
    const [called, metric] = [name.slice(0, split), name.slice(split + SEPARATOR.length)];
    const run = before.length === 0 ? called : `${called} (${before.length + 1})`;
    const suffix = [LEAST, GREATEST].find((one) => name.endsWith(one));
    const base =
      suffix === undefined ? undefined : indices.get(name.slice(0, -suffix.length))?.[before.length];
    const of = base === undefined ? undefined : suffix === LEAST ? 'least' : 'greatest';
    columns.push({ index, run, metric, of, base: base ?? index });
  }
  // Any table may have names with a dash; the page exports both bounds of each metric.
  return columns.some(({ of }) => of !== undefined) ? columns : undefined;
}

/** Whether the axis of a chart counts steps or is a time. */
export function axisKind(name: string): 'steps' | 'time' {
  return /\btime\b|_timestamp|_runtime/i.test(name) ? 'time' : 'steps';
}
