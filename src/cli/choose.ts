import { closestName } from '../closest-name.ts';
import { InputError } from '../errors.ts';

/**
 * The known names that a comma-separated list asks for; `nk/*` asks for all that begin with `nk/`.
 *
 * @throws InputError `${kind}-unknown` for a name that is not known, with the one that was probably meant.
 */
export function choose(kind: string, list: string, known: readonly string[]): readonly string[] {
  const chosen = new Set(namesIn(list).flatMap((name) => matching(kind, name, known)));
  if (chosen.size === 0) throw unknown(kind, list, known);
  return known.filter((name) => chosen.has(name));
}

/** The names of a comma-separated list. */
export function namesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Whether a name is asked for by a name, or by `nk/*`. */
export function matches(asked: string, name: string): boolean {
  return asked.endsWith('*') ? name.startsWith(asked.slice(0, -1)) : name === asked;
}

function matching(kind: string, name: string, known: readonly string[]): readonly string[] {
  const found = known.filter((one) => matches(name, one));
  if (found.length === 0) throw unknown(kind, name, known);
  return found;
}

function unknown(kind: string, given: string, known: readonly string[]): InputError {
  const nearest = closestName(given, known);
  return new InputError({
    code: `${kind}-unknown`,
    what: `there is no ${kind} of this name`,
    given,
    expected: known.length <= 8 ? known.join(', ') : `one of ${known.length} names`,
    ...(nearest === undefined ? {} : { todo: `did you mean ${nearest}?` }),
  });
}
