import { jsonFile } from '../../training/run-directory/index.ts';
import type { Audience } from './audience.ts';
import { listenForInterruption } from './interruption.ts';
import { LiveLine } from './live-line.ts';
import type { TrainableModel } from './model.ts';
import type { TrainOptions } from './options.ts';
import { trainRun } from './run.ts';

/** Trains a model for a person at a terminal, who may end it by Ctrl-C. Returns the exit code. */
export async function trainAtTerminal(model: TrainableModel, options: TrainOptions): Promise<number> {
  const audience: Audience = {
    say: (sentence) => {
      if (!options.quiet) process.stderr.write(`${sentence}\n`);
    },
    watch: (total) => new LiveLine(process.stderr, total, options.quiet),
  };
  const interruption = listenForInterruption(() => {
    audience.say('\nstopping after this step, with a checkpoint; Ctrl-C again ends at once');
  });
  try {
    const end = await trainRun(model, options, { signal: interruption.signal, audience });
    if (end.status === 'stopped') return interruption.exitCode() ?? 1;
    if (end.status === 'trained') return 0;
    if (end.status === 'failed') {
      process.stderr.write(`plumbline: ${end.story}\n`);
      return 1;
    }
    if (options.json) process.stdout.write(jsonFile(end.evaluation));
    else if (!options.quiet) process.stdout.write(`${end.terminal}\n`);
    return 0;
  } finally {
    interruption.stop();
  }
}
