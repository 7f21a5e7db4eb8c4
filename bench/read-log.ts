import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchmarkRun } from '../src/benchmarking/benchmark.ts';
import { findLogs, LogsSummariser, readLogs } from '../src/runs/index.ts';

/** Rows of the log, and metrics of a row. */
export const [ROWS, METRICS] = [10_000, 20];

/** What `plumbline runs` makes of a log that is written first; `otherWay` may read the same file. */
export function readingOf(
  write: (folder: string) => string,
  otherWay?: { readonly name: string; readonly read: (file: string) => void },
): BenchmarkRun {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  const file = write(folder);
  return {
    step: async () => {
      const summariser = new LogsSummariser();
      await readLogs(findLogs([file]).found, summariser);
      const points = summariser.summary().runs.flatMap(({ series }) => series.map((one) => one.points));
      if (points.length !== METRICS || points.some((count) => count !== ROWS))
        throw new Error(`${points.length} metrics were read, of ${points.join(', ')} points`);
    },
    ...(otherWay === undefined
      ? {}
      : {
          otherWay: {
            name: otherWay.name,
            step: async () => {
              otherWay.read(file);
            },
          },
        }),
    close: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** Metrics of one row, by name. */
export function rowAt(row: number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Array.from({ length: METRICS }, (_, metric) => [`train/metric_${metric}`, Math.sin(row + metric)]),
  );
}
