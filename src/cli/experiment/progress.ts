import { Listr } from 'listr2';
import { duration } from '../train/duration.ts';

/** A unit of work that several processes share out among them. */
export interface Work {
  readonly title: string;
  /** Says in a word how it ended; throws what failed, and the others go on. */
  readonly run: (show: (line: string) => void) => Promise<string>;
}

/** Where nobody looks a line is kept, and so there are few. */
const LINE_EVERY_MS = 10_000;

/**
 * Does all work, so many at a time, whatever fails; says how far each is: on a terminal a line each that changes, elsewhere
 * a line on stderr when one begins, now and then, and when it ends. Nothing is begun after the signal.
 */
export async function workThrough(
  works: readonly Work[],
  {
    jobs,
    isQuiet,
    signal,
  }: { readonly jobs: number; readonly isQuiet: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const isLive = process.stdout.isTTY && !isQuiet;
  const say = (line: string): void => {
    if (!isLive && !isQuiet) process.stderr.write(`${line}\n`);
  };
  await new Listr(
    works.map(({ title, run }) => ({
      title,
      task: async (_context, task) => {
        if (signal.aborted) return;
        const began = performance.now();
        let told = began;
        say(`${title}: begins`);
        const show = (line: string): void => {
          task.title = `${title}  ${line}`;
          if (performance.now() - told < LINE_EVERY_MS) return;
          told = performance.now();
          say(`${title}: ${line}`);
        };
        const end = (how: string): void => {
          task.title = `${title}  ${how}`;
          say(`${title}: ${how} after ${duration((performance.now() - began) / 1000)}`);
        };
        try {
          end(await run(show));
        } catch (error) {
          end('failed');
          throw error;
        }
      },
    })),
    {
      concurrent: jobs,
      exitOnError: false,
      renderer: isLive ? 'default' : 'silent',
      rendererOptions: { showErrorMessage: true },
      registerSignalListeners: false,
    },
  ).run();
}
