import { z } from 'zod';
import type { Settings } from '../../models/overlay.ts';
import { isGroup } from '../../models/overlay.ts';

/** What a run must keep while it goes on, for its bits to be those of a run that was never stopped. */
export const runIdentitySchema = z
  .strictObject({
    model: z.string(),
    seed: z.number(),
    engine: z
      .strictObject({ name: z.string(), version: z.string(), device: z.string().optional() })
      .readonly(),
    /** Of Plumbline, of tfjs, of Node up to the major one, whose logarithm draws the normals; switches of engines, if set. */
    versions: z.record(z.string(), z.string()).readonly(),
    configuration: z.record(z.string(), z.unknown()).readonly(),
    /** IDs of documented bugs that the run is trained with, on purpose. */
    faults: z.array(z.string()).readonly().optional(),
  })
  .readonly();
export type RunIdentity = z.output<typeof runIdentitySchema>;

/** One key in which two records differ. */
export interface Difference {
  /** Dotted. */
  readonly key: string;
  /** As JSON, or `nothing`. */
  readonly before: string;
  readonly now: string;
}

/**
 * The leaf keys in which two records differ; a list is one leaf.
 *
 * @example differences({ a: { b: 1 } }, { a: { b: 2 } }) // [{ key: 'a.b', before: '1', now: '2' }]
 */
export function differences(
  before: Settings,
  now: Settings,
  path: readonly string[] = [],
): readonly Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return keys.flatMap((key) => {
    const [left, right] = [before[key], now[key]];
    if (isGroup(left) && isGroup(right)) return differences(left, right, [...path, key]);
    const [was, is] = [shown(left), shown(right)];
    return was === is ? [] : [{ key: [...path, key].join('.'), before: was, now: is }];
  });
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
