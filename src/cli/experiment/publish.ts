import { join } from 'node:path';
import { writeAtomically } from '../../atomic-write.ts';
import type { ComparisonReport } from '../../experiments/index.ts';
import { reportOf } from '../../experiments/index.ts';
import { experimentMarkdown } from '../../reporting/experiment-markdown.ts';
import type { ArmCurve } from '../../reporting/figures/index.ts';
import { writeArmsFigure } from '../../reporting/figures/index.ts';
import { jsonFile } from '../../training/run-directory/index.ts';
import type { Experiment } from './arms.ts';
import { finishedRun, runsOf } from './folder.ts';
import type { EndedRun } from './run-arms.ts';

/** What was made of the runs that have ended. */
export interface EndedExperiment {
  readonly report: ComparisonReport;
  readonly curves: readonly ArmCurve[];
}

/** Compares the runs of an experiment that have ended; those that have not are in no arm. */
export function compareEnded(
  experiment: Experiment,
  path: string,
  ended: readonly EndedRun[],
): EndedExperiment {
  const { arms, request, metric } = experiment;
  const inOrder = runsOf(experiment).flatMap((run) => {
    const end = ended.find((one) => one.run.folder === run.folder);
    return end === undefined ? [] : [{ ...run, failure: end.failure }];
  });
  const finished = inOrder
    .filter(({ failure }) => failure === undefined)
    .map((run) => finishedRun(path, run));
  const outcomes = arms.map(({ name, changes, faults }) => ({
    name,
    changes,
    faults,
    runs: inOrder
      .filter(({ arm }) => arm === name)
      .map(({ seed, folder, failure }) =>
        failure === undefined
          ? { seed, folder, status: 'done' as const }
          : { seed, folder, status: 'failed' as const, ...failure },
      ),
  }));
  return {
    report: reportOf(request, outcomes, finished),
    curves: finished.map(({ arm, rows }) => ({
      arm,
      steps: rows.map(({ step = Number.NaN }) => step),
      values: rows.map((row) => row[metric] ?? Number.NaN),
    })),
  };
}

/**
 * Writes `comparison.json`, `comparison.md` and the figure of an experiment whose runs have ended.
 *
 * @throws InputError `not-writable`, `disk-full`
 */
export function publish(path: string, metric: string, { report, curves }: EndedExperiment): void {
  const figure = writeArmsFigure(path, metric, curves);
  writeAtomically(join(path, 'comparison.json'), jsonFile(report));
  writeAtomically(join(path, 'comparison.md'), experimentMarkdown(report, [figure]));
}
