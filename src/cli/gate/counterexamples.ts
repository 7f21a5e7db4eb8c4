import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeAtomically } from '../../atomic-write.ts';
import { InputError } from '../../errors.ts';
import { counterexampleFile, parseCounterexample } from '../../verification/counterexample.ts';
import { META_DEVICE_LAW } from '../../verification/protocol/index.ts';
import type { LawVerdict } from '../../verification/verdict.ts';
import { versions } from '../../version.ts';
import { shellWord } from '../shell-word.ts';

export interface StoredCounterexample {
  readonly file: string;
  readonly text: string;
  readonly law: string;
}

/**
 * The counterexamples of a folder, each checked before any engine is started; none when the folder is not there.
 *
 * @throws InputError `counterexample-corrupt`
 */
export function readCounterexamples(folder: string): readonly StoredCounterexample[] {
  return filesOf(folder).map((file) => {
    const text = readFileSync(file, 'utf8');
    return { file, text, law: parseCounterexample(text, file).law };
  });
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new InputError({
      code: 'counterexamples-unreadable',
      what: 'the folder of counterexamples cannot be read',
      given: folder,
      todo: 'correct its permissions, or name another with --counterexamples',
      cause: error,
    });
  }
}

/** Violations on disk, by law and engine (`keyOf`). */
export interface SavedCounterexamples {
  /** The command that shows a violation again: from its file where one could be written, else from its seed. */
  readonly commands: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, string>;
  /** One story for each that could not be written; the violation itself is in the report all the same. */
  readonly failed: readonly string[];
}

/**
 * Writes each violation to the folder, to be committed with its fix and replayed first from then on.
 *
 * @param flag What a command that replays says of the subject.
 */
export function saveCounterexamples(
  laws: readonly LawVerdict[],
  folder: string,
  flag = '',
): SavedCounterexamples {
  const commands = new Map<string, string>();
  const files = new Map<string, string>();
  const failed: string[] = [];
  for (const verdict of laws) {
    const { violation } = verdict;
    if (violation === undefined) continue;
    if (verdict.law === META_DEVICE_LAW.id) {
      // Its cases are those of other laws, on two devices at once: they are drawn again.
      const again = `npx plumbline gate --engines ${verdict.engine} --seed ${verdict.seed}${flag}`;
      commands.set(keyOf(verdict.law, verdict.engine), again);
      continue;
    }
    const { name, text } = counterexampleFile({ ...verdict, violation }, versions());
    const file = join(folder, name);
    try {
      writeAtomically(file, text);
      files.set(keyOf(verdict.law, verdict.engine), file);
      commands.set(keyOf(verdict.law, verdict.engine), `npx plumbline replay ${shellWord(file)}${flag}`);
    } catch (error) {
      failed.push(`${basename(file)}: ${error instanceof Error ? error.message : String(error)}`);
      commands.set(
        keyOf(verdict.law, verdict.engine),
        `npx plumbline replay ${verdict.law} --engine ${verdict.engine} --seed ${violation.seed} --path ${violation.path}${flag}`,
      );
    }
  }
  return { commands, files, failed };
}

/** Key of the command for a law on an engine. */
export function keyOf(law: string, engine: string): string {
  return `${law} on ${engine}`;
}
