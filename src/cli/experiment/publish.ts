import { join } from 'node:path';
import { writeAtomically } from '../../atomic-write.ts';
import type { ComparisonReport } from '../../experiments/index.ts';
import { reportOf } from '../../experiments/index.ts';
import { experimentMarkdown } from '../../reporting/experiment-markdown.ts';
import { writeArmsFigure } from '../../reporting/figures/index.ts';
import { jsonFile } from '../../training/run-directory/index.ts';
import type { Experiment } from './arms.ts';
import { finishedRun, runsOf } from './folder.ts';
import type { EndedRun } from './run-arms.ts';

/**
 * Writes `comparison.json`, `comparison.md` and the figure of an experiment whose runs have ended.
 *
 * @throws InputError `not-writable`, `disk-full`
 */
export function publish(
  { arms, request, metric, ...experiment }: Experiment,
  path: string,
  ended: readonly EndedRun[],
): ComparisonReport {
  const inOrder = runsOf({ arms, request, metric, ...experiment });
  const failureOf = (folder: string): EndedRun['failure'] =>
    ended.find(({ run }) => run.folder === folder)?.failure;
  const finished = inOrder
    .filter(({ folder }) => ended.some(({ run, failure }) => run.folder === folder && failure === undefined))
    .map((run) => finishedRun(path, run));
  const outcomes = arms.map(({ name, changes, faults }) => ({
    name,
    changes,
    faults,
    runs: inOrder
      .filter(({ arm }) => arm === name)
      .map(({ seed, folder }) => {
        const failure = failureOf(folder);
        return failure === undefined
          ? { seed, folder, status: 'done' as const }
          : { seed, folder, status: 'failed' as const, ...failure };
      }),
  }));
  const report = reportOf(request, outcomes, finished);
  const figure = writeArmsFigure(
    path,
    metric,
    finished.map(({ arm, rows }) => ({
      arm,
      steps: rows.map(({ step = Number.NaN }) => step),
      values: rows.map((row) => row[metric] ?? Number.NaN),
    })),
  );
  writeAtomically(join(path, 'comparison.json'), jsonFile(report));
  writeAtomically(join(path, 'comparison.md'), experimentMarkdown(report, [figure]));
  return report;
}
