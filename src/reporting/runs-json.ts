import type { LogsSummary, Meaning, RunSummary } from '../runs/index.ts';
import { printableJson } from '../runs/index.ts';

/** What a name of a run means, by the name. */
export type MeaningOf = (run: RunSummary, name: string) => Meaning | undefined;

/**
 * What `plumbline runs --json` prints; numbers that JSON does not know are strings, and characters that a terminal
 * would obey are escapes.
 */
export function runsJson(
  { runs, problems }: LogsSummary,
  ignored: readonly string[],
  meaningOf: MeaningOf,
  versions: Readonly<Record<string, string>>,
): string {
  const report = {
    kind: 'plumbline runs',
    format: 1,
    versions,
    runs: runs.map((run) => ({
      ...run,
      series: run.series.map((series) => {
        const meaning = meaningOf(run, series.name);
        const { name: canonical, factor, by, metric } = meaning ?? {};
        return {
          ...series,
          canonical: canonical ?? null,
          ...(metric === undefined ? {} : { factor, by, better: metric.better, meaning: metric.meaning }),
        };
      }),
    })),
    problems,
    ignored,
  };
  const written = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return `${printableJson(JSON.stringify(report, written, 2))}\n`;
}
