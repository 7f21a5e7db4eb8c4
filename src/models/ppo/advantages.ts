/** What happened in T steps of E environments, time first; C components of the reward. */
export interface Trajectories {
  /** (T, E, C). */
  readonly rewards: Float32Array;
  /** V of what the agent saw, and of what came after it, before any reset; (T, E, C), in units of the rewards. */
  readonly values: Float64Array;
  readonly nextValues: Float64Array;
  /** (T, E): 1 where the task ended, and where time ran out. */
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  readonly shape: readonly [steps: number, environments: number, components: number];
}

/** (T, E, C) each. */
export interface Advantages {
  readonly advantages: Float64Array;
  /** A + V. */
  readonly returns: Float64Array;
}

/**
 * Generalised advantage estimation (Schulman and others 2016, eq. 16), for each component by itself:
 *
 *     δ = r + γ (1 − terminated) V′ − V,    A = δ + γ λ (1 − terminated)(1 − truncated) A′
 *
 * Where time ran out V of the last state is counted; where the task ended nothing comes after.
 */
export function generalisedAdvantages(
  { rewards, values, nextValues, terminated, truncated, shape }: Trajectories,
  { discount, lambda }: { readonly discount: number; readonly lambda: number },
): Advantages {
  const [steps, environments, components] = shape;
  const advantages = new Float64Array(rewards.length);
  for (let environment = 0; environment < environments; environment += 1) {
    for (let component = 0; component < components; component += 1) {
      let ahead = 0;
      for (let step = steps - 1; step >= 0; step -= 1) {
        const row = step * environments + environment;
        const at = row * components + component;
        const goesOn = 1 - (terminated[row] ?? 0);
        const isCut = truncated[row] ?? 0;
        const next = goesOn * (nextValues[at] ?? Number.NaN);
        const error = (rewards[at] ?? Number.NaN) + discount * next - (values[at] ?? Number.NaN);
        ahead = error + discount * lambda * goesOn * (1 - isCut) * ahead;
        advantages[at] = ahead;
      }
    }
  }
  return { advantages, returns: advantages.map((advantage, at) => advantage + (values[at] ?? Number.NaN)) };
}

/** Σ w A over the components: (n, C) and (C) give (n). */
export function weightedSum(rows: Float64Array, weights: readonly number[]): Float64Array {
  return Float64Array.from({ length: rows.length / weights.length }, (_, row) =>
    weights.reduce(
      (sum, weight, component) => sum + weight * (rows[row * weights.length + component] ?? NaN),
      0,
    ),
  );
}
