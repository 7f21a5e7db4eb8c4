import { availableParallelism } from 'node:os';
import { experimentTerminal } from '../../reporting/experiment-terminal.ts';
import { armsFigure } from '../../reporting/figures/index.ts';
import { paintFor } from '../../reporting/paint.ts';
import { reportOfExperiment } from '../../reporting/report/from-experiment.ts';
import { jsonFile } from '../../training/run-directory/index.ts';
import { listenForInterruption } from '../interruption.ts';
import { versionFacts } from '../report/facts.ts';
import { openReports } from '../report/reports.ts';
import { ON_GPU } from '../train/run.ts';
import type { Experiment } from './arms.ts';
import { openFolder, runsOf } from './folder.ts';
import { compareEnded, publish } from './publish.ts';
import { runArms } from './run-arms.ts';

/** How an experiment is run and told. */
export interface ExperimentOptions {
  readonly path: string;
  /** Processes at a time; default as many as there are cores, each has one thread; one where they would share a GPU. */
  readonly jobs?: number;
  readonly json: boolean;
  readonly quiet: boolean;
  /** The command that goes on with it. */
  readonly command: string;
  /** Files of `--report`. */
  readonly report: unknown;
}

/**
 * Runs an experiment for a person at a terminal, or goes on with it. Returns the exit code.
 *
 * @throws InputError `plan-changed`, `out-not-empty`, `run-in-use`, `not-writable`
 */
export async function runExperiment(experiment: Experiment, options: ExperimentOptions): Promise<number> {
  const { path, quiet } = options;
  const say = (sentence: string): void => {
    if (!quiet) process.stderr.write(`${sentence}\n`);
  };
  const reports = openReports(options.report);
  const close = openFolder(path, experiment);
  const interruption = listenForInterruption(() => {
    say('\nstopping after the steps that are being taken, with checkpoints; Ctrl-C again ends at once');
  });
  try {
    const { model, engine, arms, request } = experiment;
    const jobs = options.jobs ?? (ON_GPU.includes(engine) ? 1 : availableParallelism());
    const count = runsOf(experiment).length;
    say(
      `${request.name}: ${arms.length} arms of ${model.name} on ${engine}, ${count} runs, ${Math.min(jobs, count)} at a time, in ${path}`,
    );
    const ended = await runArms(experiment, { path, jobs, isQuiet: quiet, interruption });
    const compared = compareEnded(experiment, path, ended);
    const { report, curves } = compared;
    const tell = async (exitCode: number, partial?: string): Promise<number> => {
      if (reports.isAsked)
        await reports.publish(
          reportOfExperiment(report, {
            facts: versionFacts(),
            folder: path,
            command: options.command,
            figures:
              curves.length === 0
                ? []
                : [{ title: experiment.metric, svg: armsFigure(experiment.metric, curves) }],
            ...(partial === undefined ? {} : { partial }),
            exitCode,
          }),
        );
      return exitCode;
    };
    if (ended.length < count) {
      say(`stopped with ${ended.length} of ${count} runs ended; go on with: ${options.command}`);
      const by = interruption.by() ?? 'a signal';
      return await tell(
        interruption.exitCode() ?? 1,
        `stopped by ${by} with ${ended.length} of ${count} runs ended`,
      );
    }
    publish(path, experiment.metric, compared);
    if (options.json) process.stdout.write(jsonFile(report));
    else if (!quiet) process.stdout.write(experimentTerminal(report, paintFor(process.stdout)));
    say(`comparison.md, comparison.json and a figure are in ${path}`);
    return await tell(ended.every(({ failure }) => failure === undefined) ? 0 : 1);
  } finally {
    interruption.stop();
    close();
  }
}
