import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Diagnosis, RunVerdict } from '../../diagnosis/index.ts';

export interface WatchOptions {
  readonly paths: readonly string[];
  readonly everyMs: number;
  /** The verdict at which to stop; never unless given. */
  readonly stopOn?: RunVerdict;
  readonly judge: () => Promise<Diagnosis>;
  /** Told whenever the verdict or what was found has changed. */
  readonly tell: (diagnosis: Diagnosis) => void | Promise<void>;
  readonly signal: AbortSignal;
}

/** Judges logs anew whenever they have grown, until it is stopped or their verdict is the one to stop at. */
export async function watch({
  paths,
  everyMs,
  stopOn,
  judge,
  tell,
  signal,
}: WatchOptions): Promise<Diagnosis> {
  let [seen, told] = ['', ''];
  let last: Diagnosis | undefined;
  for (;;) {
    const now = paths.map(traceOf).join('\n');
    if (last === undefined || now !== seen) {
      seen = now;
      last = await judge();
      const story = storyOf(last);
      if (story !== told) await tell(last);
      told = story;
      if (last.verdict === stopOn) return last;
    }
    if (signal.aborted) return last;
    // An aborted wait is the end of the watch, and no error.
    await wait(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Sizes and times of the files at a path: what changes when something is written. */
function traceOf(path: string): string {
  const about = statSync(path, { throwIfNoEntry: false });
  if (about?.isDirectory() !== true) return `${path} ${about?.size} ${about?.mtimeMs}`;
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const inside = statSync(file, { throwIfNoEntry: false });
      return `${file} ${inside?.size} ${inside?.mtimeMs}`;
    })
    .join('\n');
}

/** What a person would call another result: which run has which verdict, and what was found in it. */
function storyOf({ verdict, runs }: Diagnosis): string {
  return JSON.stringify([
    verdict,
    runs.map(({ run, verdict: one, outcomes }) => [
      run.head.id,
      one,
      outcomes.flatMap((outcome) =>
        outcome.state === 'found' ? `${outcome.check.id} ${outcome.severity}` : [],
      ),
    ]),
  ]);
}
