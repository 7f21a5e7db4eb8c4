/** One parameter of the model: its meaning, its baseline, and the bounds of its uniform prior. */
export interface NkParameter {
  readonly name: NkParameterName;
  readonly symbol: string;
  readonly description: string;
  readonly baseline: number;
  readonly prior: readonly [lower: number, upper: number];
}

export type NkParameterName = 'beta' | 'sigma' | 'eta' | 'phi' | 'phiPi' | 'phiY' | 'rho' | 'sigmaA';

/** A value for each parameter. */
export type NkParameters = Readonly<Record<NkParameterName, number>>;

/**
 * The eight parameters in the order of their columns, with the baseline and the prior of Kase, Melosi and Rottner,
 * "Estimating Nonlinear Heterogeneous Agent Models with Neural Networks", analytical example.
 */
export const NK_PARAMETERS: readonly NkParameter[] = [
  { name: 'beta', symbol: 'β', description: 'discount factor', baseline: 0.97, prior: [0.95, 0.99] },
  { name: 'sigma', symbol: 'σ', description: 'relative risk aversion', baseline: 2, prior: [1, 3] },
  { name: 'eta', symbol: 'η', description: 'inverse Frisch elasticity', baseline: 1.125, prior: [0.25, 2] },
  { name: 'phi', symbol: 'φ', description: 'price duration (Calvo)', baseline: 0.7, prior: [0.5, 0.9] },
  {
    name: 'phiPi',
    symbol: 'φ_π',
    description: 'policy response to inflation',
    baseline: 1.875,
    prior: [1.25, 2.5],
  },
  { name: 'phiY', symbol: 'φ_y', description: 'policy response to output', baseline: 0.25, prior: [0, 0.5] },
  { name: 'rho', symbol: 'ρ', description: 'persistence of the shock', baseline: 0.875, prior: [0.8, 0.95] },
  {
    name: 'sigmaA',
    symbol: 'σ_a',
    description: 'shock standard deviation',
    baseline: 0.06,
    prior: [0.02, 0.1],
  },
];

/** Columns of a parameter tensor (B, 8). */
export const NK_PARAMETER_COUNT = NK_PARAMETERS.length;

/** The baseline of every parameter. */
export const NK_BASELINE: NkParameters = parametersFrom(({ baseline }) => baseline);

/**
 * Row `index` of parameters (B, 8), by name; NaN where there is no such row.
 *
 * @example parametersAt(parameterRow(NK_BASELINE), 0).rho // 0.875
 */
export function parametersAt(values: ArrayLike<number>, index: number): NkParameters {
  return parametersFrom((_, column) => values[index * NK_PARAMETER_COUNT + column] ?? Number.NaN);
}

/** One row of parameters, (8), in the order of the columns. */
export function parameterRow(parameters: NkParameters): readonly number[] {
  return NK_PARAMETERS.map(({ name }) => parameters[name]);
}

function parametersFrom(value: (parameter: NkParameter, column: number) => number): NkParameters {
  const entries = NK_PARAMETERS.map(
    (parameter, column) => [parameter.name, value(parameter, column)] as const,
  );
  // NK_PARAMETERS has each name once.
  return Object.fromEntries(entries) as Record<NkParameterName, number>;
}
