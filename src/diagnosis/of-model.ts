import type { Checklist } from './checklist.ts';
import { MODELS } from './checklist.ts';

/** First part of the IDs of what any trainer may have. */
const ANY = 'training/';

/**
 * Of IDs of faults or laws those that a run of a model can have to do with, in their order: a leak in an agent is none of the
 * Bewley trainer, and of a fault that is told of any trainer and of this one, this one's is named. Without a model all of
 * them.
 */
export function ofModel(ids: readonly string[], model: Checklist['model']): readonly string[] {
  if (model === undefined) return ids;
  const own = `${model}/`;
  return ids.filter((id) => {
    if (id.startsWith(ANY)) return !ids.includes(own + id.slice(ANY.length));
    return id.startsWith(own) || !MODELS.some((name) => id.startsWith(`${name}/`));
  });
}
