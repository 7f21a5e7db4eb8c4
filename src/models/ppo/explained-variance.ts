import { columnMoments } from '../../numerics/running-moments.ts';

/**
 * Share of the variance of targets that predictions explain, head by head: 1 − Var(R − V)/Var(R); (n, C) each give (C).
 * 1 for a perfect critic, 0 for a constant; undefined, and NaN, where the targets do not vary.
 */
export function explainedVariance(
  values: Float64Array,
  returns: Float64Array,
  components: number,
): readonly number[] {
  const errors = returns.map((target, at) => target - (values[at] ?? Number.NaN));
  return Array.from({ length: components }, (_, component) => {
    const { variance } = columnMoments(returns, component, components);
    return 1 - columnMoments(errors, component, components).variance / (variance === 0 ? NaN : variance);
  });
}
