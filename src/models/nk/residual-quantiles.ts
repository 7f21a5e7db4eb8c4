/** Quantiles of log₁₀|residual|. */
export interface ResidualQuantiles {
  readonly median: number;
  readonly percentile99: number;
  readonly maximum: number;
}

/**
 * Quantiles of log₁₀|residual|, each the smallest value that so large a share does not exceed. A residual of 0 counts
 * as −∞, one that is not a number as larger than all.
 *
 * @example residualQuantiles([0.1, -0.01, 0.001]).median // -2
 */
export function residualQuantiles(residuals: ArrayLike<number>): ResidualQuantiles {
  const sizes = Array.from(residuals, (residual) => Math.log10(Math.abs(residual))).sort(
    (a, b) => Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || a - b,
  );
  const at = (share: number): number => sizes[Math.max(0, Math.ceil(share * sizes.length) - 1)] ?? Number.NaN;
  return { median: at(0.5), percentile99: at(0.99), maximum: at(1) };
}
