import type { Audience, RunWatcher } from '../train/audience.ts';
import { modelNamed } from '../train/models.ts';
import { Pace } from '../train/pace.ts';
import { trainRun } from '../train/run.ts';
import type { RunAssignment, RunMessage, RunProcessEnd } from './run-process.ts';

/** Often enough to look alive. */
const SAY_EVERY_MS = 250;

const controller = new AbortController();
const stop = (): void => {
  controller.abort();
};

// Ctrl-C, and the end of a terminal, reach every process of it; the one that started this one says when to stop. When it is gone, nobody
// waits for the run, which ends in good order.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.on('disconnect', stop);
process.on('message', (message) => {
  if (message === 'stop') stop();
  else void run(message as RunAssignment);
});

async function run({ model, options }: RunAssignment): Promise<void> {
  try {
    const end = await trainRun(modelNamed(model), options, { signal: controller.signal, audience });
    if (end.status === 'failed') leave({ status: 'failed', exitCode: 1, story: end.story });
    else if (end.status === 'stopped') leave({ status: 'stopped' });
    else leave({ status: 'done' });
  } catch (error) {
    leave({ status: 'failed', exitCode: 2, story: error instanceof Error ? error.message : String(error) });
  }
}

const audience: Audience = { say: () => undefined, watch };

function watch(total: number): RunWatcher {
  const pace = new Pace();
  let loss = '';
  let said = 0;
  return {
    read: (value) => {
      loss = `  loss ${value.toExponential(2)}`;
    },
    reach: (step) => {
      if (performance.now() - said < SAY_EVERY_MS) return;
      said = performance.now();
      say({ type: 'progress', line: `step ${step} of ${total}${loss}${pace.after(step, total)}` });
    },
    work: (doing) => {
      say({ type: 'progress', line: doing });
    },
    clear: () => undefined,
  };
}

/** Tells the process that waits. Where it is gone and this one does not know it yet, that is no error: it would end the run. */
function say(message: RunMessage): void {
  if (process.connected) process.send?.(message, () => undefined);
}

/** The last message; the process ends when it has left. Some native engines would keep the event loop alive. */
function leave(end: RunProcessEnd): void {
  const code = end.status === 'failed' ? (end.exitCode ?? 2) : 0;
  if (!process.connected) process.exit(code);
  process.send?.({ type: 'ended', end } satisfies RunMessage, () => process.exit(code));
}
