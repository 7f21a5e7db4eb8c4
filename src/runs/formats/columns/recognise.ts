import { meaningsFor } from '../../conventions/index.ts';
import type { Candidate } from '../../format.ts';
import { stepKeyOf } from '../../step-key.ts';
import { JsonParts } from '../../text/json-parts.ts';
import { LONGEST_SETTING, mayBeJson } from '../json-records.ts';
import { numberFrom } from './column.ts';

/** A list of the top-level object, as far as the first bytes of the file show it. */
interface List {
  count: number;
  numbers: number;
}

const meaningOf = meaningsFor('json-columns');

/**
 * Whether a file is an object of lists of numbers, one a metric. Lists that are equally long, and nothing beside them, are;
 * settings stand beside lists as well, so that with anything else one list must be a log by its name or its length.
 */
export function isObjectOfColumns({ head, size }: Pick<Candidate, 'head' | 'size'>): boolean {
  if (!mayBeJson(head)) return false;
  const lists = new Map<string, List>();
  let [members, wrong] = [0, 0];
  const parts = new JsonParts({
    opens: (key) => {
      if (key !== undefined) lists.set(key, lists.get(key) ?? { count: 0, numbers: 0 });
      return key !== undefined;
    },
    element: (text, _line, key = '') => {
      const list = lists.get(key);
      if (list === undefined) return;
      list.count += 1;
      if (numberFrom(text) !== undefined) list.numbers += 1;
    },
    member: () => (members += 1),
    wrong: () => (wrong += 1),
  });
  parts.write(head);
  const all = [...lists];
  // The last list of the head goes on where the file does.
  if (size > head.length && all.length > 1) all.pop();
  else if (size <= head.length && parts.end() !== undefined) return false;
  const columns = all.filter(([, { count, numbers }]) => count > 1 && numbers === count);
  const isMixed = all.some(([, { count, numbers }]) => numbers > 0 && numbers < count);
  if (wrong > 0 || isMixed || columns.length === 0) return false;
  const counts = columns.map(([, { count }]) => count);
  const isEven = counts.every((count) => count === counts[0]);
  if (members === 0 && isEven && columns.length === all.length) return true;
  return columns.some(([key, { count }]) => count > LONGEST_SETTING || isLogged(key));
}

/** Whether a list of this name can be nothing but a log: of a metric that is to fall or to rise, or of steps. */
function isLogged(key: string): boolean {
  const better = meaningOf(key)?.metric.better ?? 'neither';
  return better !== 'neither' || stepKeyOf([key]) !== undefined;
}
