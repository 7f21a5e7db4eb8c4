import type { Environment } from './environment.ts';
import type { PpoKit } from './kit.ts';

/** A step as potential-based shaping sees it. */
export interface ShapedStep {
  /** Φ before and after it. */
  readonly before: number;
  readonly after: number;
  readonly terminated: boolean;
  readonly discount: number;
}

/**
 * γΦ(s′) − Φ(s), with Φ = 0 where the task has ended: over an episode it telescopes to −Φ of its start, whatever was done,
 * so the best policy stays the best (Ng, Harada and Russell 1999).
 */
export function shaping({ before, after, terminated, discount }: ShapedStep): number {
  return discount * (terminated ? 0 : after) - before;
}

/** Name of the component of the reward that shaping is. */
export const SHAPING = 'shaping';

/** An environment with shaping as one more component of its reward; itself where it has no potential or the weight is 0. */
export function withShaping(
  kit: Pick<PpoKit, 'shaping'>,
  environment: Environment,
  { weight, discount }: { readonly weight: number; readonly discount: number },
): Environment {
  const { potential, rewards } = environment;
  if (weight === 0 || potential === undefined) return environment;
  return {
    ...environment,
    rewards: [...rewards, SHAPING],
    step: (state, action, given, random) => {
      const before = potential(state);
      const terminated = environment.step(state, action, given.subarray(0, rewards.length), random);
      const after = terminated ? 0 : potential(state);
      given[rewards.length] = weight * kit.shaping({ before, after, terminated, discount });
      return terminated;
    },
  };
}
