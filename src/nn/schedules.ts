/** A learning rate that falls from one value to another. */
export interface Annealing {
  readonly initial: number;
  readonly final: number;
  /** Steps T at which `final` is reached. */
  readonly total: number;
}

/**
 * Cosine annealing (Loshchilov and Hutter 2017, eq. 5, without restarts): final + (initial − final)(1 + cos(πt/T))/2.
 * At t = 0 it is `initial`, at T/2 the mean of both, from T on `final`.
 *
 * @example cosineAnnealing({ initial: 1, final: 0, total: 10 }, 5) // 0.5
 */
export function cosineAnnealing({ initial, final, total }: Annealing, step: number): number {
  const share = (1 + Math.cos((Math.PI * Math.min(step, total)) / total)) / 2;
  return final + (initial - final) * share;
}

/**
 * Linear annealing: initial + (final − initial)·t/T, and `final` from T on.
 *
 * @example linearAnnealing({ initial: 1, final: 0, total: 10 }, 5) // 0.5
 */
export function linearAnnealing({ initial, final, total }: Annealing, step: number): number {
  return initial + (final - initial) * (Math.min(step, total) / total);
}
