import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../../atomic-write.ts';
import { InputError } from '../../errors.ts';
import type { Checkpoint } from './checkpoint-text.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-text.ts';

/** The newest, and the one before, should the newest be damaged. */
const KEPT = 2;

/** `step-000000040.json`: names sort by step. */
const NAME = /^step-(\d+)\.json$/;
const DIGITS = 9;

/**
 * Writes a checkpoint, and then removes those before the last two.
 *
 * @throws InputError `not-writable`, `disk-full`; those before are then still there.
 */
export function saveCheckpoint(folder: string, checkpoint: Checkpoint): void {
  const { step } = checkpoint.state;
  writeAtomically(
    join(folder, `step-${String(step).padStart(DIGITS, '0')}.json`),
    encodeCheckpoint(checkpoint),
  );
  for (const old of namesIn(folder).slice(0, -KEPT)) rmSync(join(folder, old));
}

/**
 * The newest checkpoint of a folder, or undefined where there is none.
 *
 * @throws InputError `checkpoint-corrupt`, `checkpoint-format`
 */
export function newestCheckpoint(folder: string): Checkpoint | undefined {
  const newest = namesIn(folder).at(-1);
  if (newest === undefined) return undefined;
  const file = join(folder, newest);
  const checkpoint = decodeCheckpoint(readFileSync(file, 'utf8'), file);
  const named = Number(NAME.exec(newest)?.[1]);
  if (named === checkpoint.state.step) return checkpoint;
  throw new InputError({
    code: 'checkpoint-corrupt',
    what: `the checkpoint ${file} is of another step than its name says`,
    given: `step ${checkpoint.state.step}`,
    expected: `step ${named}`,
    todo: 'give it the name that it was written with',
  });
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => NAME.test(name))
        .sort()
    : [];
}
