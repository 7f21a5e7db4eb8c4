/** A tax that leaves N(x) = (1−τ)/(1−ξ) · x^(1−ξ) of x: flat at ξ = 0, progressive at ξ > 0. */
export interface TaxSchedule {
  readonly tau: number;
  readonly xi: number;
}

/**
 * What is kept of x ≥ 0: N(x) = (1−τ)/(1−ξ) · x^(1−ξ). The schedule is not scale-free: x has units. Below
 * x* = ((1−τ)/(1−ξ))^(1/ξ) it exceeds x, a transfer.
 *
 * @example afterTax({ tau: 0.2, xi: 0 }, 10) // 8
 */
export function afterTax({ tau, xi }: TaxSchedule, x: number): number {
  return xi === 0 ? (1 - tau) * x : ((1 - tau) / (1 - xi)) * x ** (1 - xi);
}

/**
 * What is kept of one unit more: N′(x) = (1−τ) x^(−ξ), infinite at x = 0 when ξ > 0.
 *
 * @example marginalRetention({ tau: 0.2, xi: 0.5 }, 4) // 0.4
 */
export function marginalRetention({ tau, xi }: TaxSchedule, x: number): number {
  return xi === 0 ? 1 - tau : (1 - tau) * x ** -xi;
}

/** The tax itself, T(x) = x − N(x); negative where the schedule gives. */
export function taxOn(schedule: TaxSchedule, x: number): number {
  return x - afterTax(schedule, x);
}

/** The x of which `kept` ≥ 0 is left, N⁻¹(kept). */
export function beforeTax({ tau, xi }: TaxSchedule, kept: number): number {
  return xi === 0 ? kept / (1 - tau) : ((kept * (1 - xi)) / (1 - tau)) ** (1 / (1 - xi));
}
