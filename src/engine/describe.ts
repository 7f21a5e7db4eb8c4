import { closestName } from '../closest-name.ts';
import { InputError } from '../errors.ts';
import type { EngineCatalogue, EngineEntry } from './catalogue.ts';
import { ENGINES } from './catalogue.ts';
import { ENGINE_NAMES, isEngineName } from './names.ts';
import { versionOf } from './package-version.ts';

/** Whether an engine can be opened, as far as can be said without opening it. */
export type EngineDescription =
  | { readonly status: 'here'; readonly version: string }
  | {
      readonly status: 'missing';
      readonly reason: string;
      /** The command that adds it; absent where no command would help, since this version does not open it. */
      readonly remedy?: string;
    };

/** @throws InputError `engine-unknown`. */
export function describeEngine(name: string, catalogue: EngineCatalogue = ENGINES): EngineDescription {
  return descriptionOf(entryOf(name, catalogue));
}

/** `describeEngine` for an entry. */
export function descriptionOf(entry: EngineEntry): EngineDescription {
  if (entry.load === undefined) return { status: 'missing', reason: laterStory(entry) };
  if (entry.describe !== undefined) return entry.describe();
  const version = versionOf(entry.package);
  if (version !== undefined) return { status: 'here', version };
  return {
    status: 'missing',
    reason: `the package ${entry.package} is not installed`,
    remedy: entry.command,
  };
}

/** @throws InputError `engine-unknown` with all names, and the one that was probably meant. */
export function entryOf(name: string, catalogue: EngineCatalogue): EngineEntry {
  if (isEngineName(name)) return catalogue[name];
  const nearest = closestName(name, ENGINE_NAMES);
  throw new InputError({
    code: 'engine-unknown',
    what: 'there is no engine of this name',
    given: name,
    expected: ENGINE_NAMES.join(', '),
    ...(nearest === undefined ? {} : { todo: `did you mean ${nearest}?` }),
  });
}

/** The error for an engine that has a name, and no way to open it in this version. */
export function notOpenedHere(entry: EngineEntry): InputError {
  return new InputError({
    code: 'engine-missing',
    what: `the engine ${entry.name} is not here`,
    given: laterStory(entry),
    expected: `${entry.package}, which needs ${entry.needs}`,
    todo: 'use another engine; `plumbline engines` shows those that are here',
  });
}

/** The error for an engine that did not load: not installed, or installed and broken. */
export function missing(entry: EngineEntry, cause: unknown): InputError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new InputError({
    code: 'engine-missing',
    what: `the engine ${entry.name} is not here`,
    given: reason.split('\n')[0] ?? reason,
    expected: `${entry.package}, which needs ${entry.needs}`,
    todo: entry.command,
    cause,
  });
}

function laterStory({ name, command }: EngineEntry): string {
  return `this version of Plumbline does not open ${name} yet; a later one is to, after \`${command}\``;
}
