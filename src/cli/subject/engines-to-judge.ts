import type { HelloResult, SubjectEngine } from '../../verification/protocol/index.ts';
import { enginesOf } from '../../verification/protocol/index.ts';
import { choose } from '../choose.ts';

/**
 * Engines that are asked for, or all that a subject has.
 *
 * @throws InputError `engine-unknown`
 */
export function enginesToJudge(said: HelloResult, asked: string | undefined): readonly SubjectEngine[] {
  const all = enginesOf(said);
  if (asked === undefined) return all;
  const names = choose(
    'engine',
    asked,
    all.map(({ name }) => name),
  );
  return all.filter(({ name }) => names.includes(name));
}
