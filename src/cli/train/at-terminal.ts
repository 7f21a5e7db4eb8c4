import { jsonFile } from '../../training/run-directory/index.ts';
import { listenForInterruption } from '../interruption.ts';
import { openReports } from '../report/reports.ts';
import type { Audience } from './audience.ts';
import { LiveLine } from './live-line.ts';
import type { TrainableModel } from './model.ts';
import type { TrainOptions } from './options.ts';
import { reportOfRun } from './report.ts';
import type { RunEnd } from './run.ts';
import { trainRun } from './run.ts';

/** Trains a model for a person at a terminal, who may end it by Ctrl-C. Returns the exit code. */
export async function trainAtTerminal(
  model: TrainableModel,
  options: TrainOptions,
  files: unknown,
): Promise<number> {
  const audience: Audience = {
    say: (sentence) => {
      if (!options.quiet) process.stderr.write(`${sentence}\n`);
    },
    watch: (total) => new LiveLine(process.stderr, total, options.quiet),
  };
  const reports = openReports(files);
  const interruption = listenForInterruption(() => {
    audience.say('\nstopping after this step, with a checkpoint; Ctrl-C again ends at once');
  });
  try {
    const end = await trainRun(model, options, { signal: interruption.signal, audience });
    tell(end, options);
    const exitCode =
      end.status === 'stopped' ? (interruption.exitCode() ?? 1) : end.status === 'failed' ? 1 : 0;
    if (reports.isAsked)
      await reports.publish(reportOfRun(model.name, end, { exitCode, by: interruption.by() ?? 'a signal' }));
    return exitCode;
  } finally {
    interruption.stop();
  }
}

function tell(end: RunEnd, { json, quiet }: TrainOptions): void {
  if (end.status === 'failed') process.stderr.write(`plumbline: ${end.story}\n`);
  if (end.status !== 'evaluated') return;
  if (json) process.stdout.write(jsonFile(end.evaluation));
  else if (!quiet) process.stdout.write(`${end.terminal}\n`);
}
