import { FAULTS } from '../../invariants/index.ts';
import { InputError } from '../errors.ts';
import type { Kit } from '../subjects/index.ts';
import { correctKit } from '../subjects/index.ts';
import type { Fault } from '../verification/fault.ts';
import { choose } from './choose.ts';

/** Names that an error gives as examples. */
const EXAMPLES = 8;

const IDS = FAULTS.map(({ id }) => id);

/**
 * The documented bugs of these names, each of which may be a comma-separated list.
 *
 * @throws InputError `fault-unknown`, with the nearest name; `fault-missing` when none is named.
 */
export function faultsNamed(names: readonly string[]): readonly Fault<Kit>[] {
  const chosen = names.flatMap((name) => choose('fault', name, IDS));
  if (chosen.length === 0) {
    throw new InputError({
      code: 'fault-missing',
      what: 'no fault was named',
      expected: 'the ID of a fault',
      todo: 'plumbline laws nk/* names them',
    });
  }
  return FAULTS.filter(({ id }) => chosen.includes(id));
}

/** @throws InputError `fault-unknown` */
export function faultIds(list: string): readonly string[] {
  return faultsNamed([list]).map(({ id }) => id);
}

/** The kit with documented bugs put into it, all at once. */
export function kitWith(ids: readonly string[]): Kit {
  const chosen = FAULTS.filter(({ id }) => ids.includes(id));
  return chosen.reduce((kit, fault) => fault.inject(kit), correctKit);
}

/** Whether a fault replaces something that a model is trained with. */
export function shows({ partsOf }: { readonly partsOf: (kit: Kit) => object }, id: string): boolean {
  const correct = new Map(Object.entries(partsOf(correctKit)));
  return Object.entries(partsOf(kitWith([id]))).some(([part, value]) => correct.get(part) !== value);
}

/**
 * Refuses a fault in whose presence a model trains as it does without.
 *
 * @throws InputError `fault-not-shown`
 */
export function requireShown(
  { name, partsOf }: { readonly name: string; readonly partsOf: (kit: Kit) => object },
  ids: readonly string[],
): void {
  const isShown = (id: string): boolean => shows({ partsOf }, id);
  const unseen = ids.find((id) => !isShown(id));
  if (unseen === undefined) return;
  const shown = IDS.filter(isShown).sort(
    (left, right) => Number(right.startsWith(`${name}/`)) - Number(left.startsWith(`${name}/`)),
  );
  throw new InputError({
    code: 'fault-not-shown',
    what: `the fault ${unseen} replaces nothing that ${name} is trained with`,
    given: unseen,
    expected: `one of ${shown.length} that do: ${shown.slice(0, EXAMPLES).join(', ')}, …`,
    todo: 'plumbline gate shows it to the laws that must reject it',
  });
}
