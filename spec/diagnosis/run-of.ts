import type { LoggedRun, Series } from '../../src/diagnosis/index.ts';
import { meaningsFor, METRICS } from '../../src/runs/index.ts';

/** A run with these series by canonical name, a row a step. */
export function runOf(
  series: Readonly<Record<string, readonly number[]>>,
  config: Readonly<Record<string, unknown>> = {},
): LoggedRun {
  const rows = Math.max(0, ...Object.values(series).map(({ length }) => length));
  return {
    head: { id: 'log.csv', format: 'csv', paths: ['log.csv'] },
    rows,
    series: new Map(Object.entries(series).map(([name, values]) => [name, seriesOf(name, values)])),
    unnamed: [],
    config,
    resumes: [],
    problems: [],
    firstStep: 0,
    lastStep: rows - 1,
    runsBehind: 0,
  };
}

export function seriesOf(name: string, values: readonly number[]): Series {
  const placed = values.map((value, step) => ({ step, value, place: { file: 'log.csv', line: step + 2 } }));
  const metric = METRICS.find((one) => one.name === name) ?? meaningsFor('csv')(name)?.metric;
  return {
    name,
    logged: name,
    ...(metric === undefined ? {} : { metric }),
    points: placed.filter(({ value }) => Number.isFinite(value)),
    count: values.length,
    notFinite: placed.filter(({ value }) => !Number.isFinite(value)),
    notFiniteCount: values.filter((value) => !Number.isFinite(value)).length,
  };
}
