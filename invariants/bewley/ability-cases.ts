import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import type { bewleyAbilityPath, bewleyAbilityStep } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import type { InputOf, OutputOf } from '../../src/verification/operation.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';

/** A process of ability, as operations take it. */
export type Process = InputOf<typeof bewleyAbilityStep>['process'];
export type InitialAbility = InputOf<typeof bewleyAbilityPath>['initial'];
export type Agents = OutputOf<typeof bewleyAbilityStep>['a'];

/** Nobody is a star or becomes one. */
export const NO_STARS = { become: 0, stay: 0, multiplier: 1 } as const;

/** Persistence, risk and medians on both sides of 1 and of the presets, without stars and bounds. */
export const normalProcess: fc.Arbitrary<Process> = fc.record({
  rho: between(0.5, 0.985),
  sigma: between(0.05, 0.5),
  median: between(0.5, 8),
  star: fc.constant(NO_STARS),
});

/** The starts that a run may have. */
export const anyStart: fc.Arbitrary<InitialAbility> = fc.constantFrom<InitialAbility>(
  { rule: 'stationary' },
  { rule: 'bounded-lognormal' },
  { rule: 'uniform', mean: 2, spread: 0.5 },
);

/** s = σ/√(1−ρ²), in double precision: for statistics, which are far wider than its rounding. */
export function stationaryDeviation({ rho, sigma }: Process): number {
  return sigma / Math.sqrt((1 - rho) * (1 + rho));
}

/** Log ability of an agent over its median, in stationary standard deviations. */
export function deviationOf(process: Process, ability: number): number {
  return Math.log(ability / process.median) / stationaryDeviation(process);
}

/**
 * The ε that takes a normal agent from one ability to the next, and how far off rounding may put it: the engine's error
 * of exp((1−ρ) log ē + ρ log e + σε), carried back through the logarithm. The double precision in which it is solved for
 * is 10⁸ times finer.
 */
export function shockBetween(
  arithmetic: RunningError,
  { rho, sigma, median }: Process,
  from: number,
  to: number,
): Bounded {
  const value = (Math.log(to) - (1 - rho) * Math.log(median) - rho * Math.log(from)) / sigma;
  const { exact, rounded, sub, mul, log, sum, exp } = arithmetic;
  const next = exp(
    sum([
      mul(sub(exact(1), rounded(rho)), log(rounded(median))),
      mul(rounded(rho), log(exact(from))),
      mul(rounded(sigma), exact(value)),
    ]),
  );
  return { value, bound: -Math.log1p(-next.bound / next.value) / sigma };
}

/** Row `index` of a matrix: the agents of one period. */
export function periodOf({ ability, star }: Agents, index: number): Agents {
  const row = (value: TensorValue): TensorValue => {
    const [, width = 0] = value.shape;
    const data = value.data.slice(index * width, (index + 1) * width);
    return { dtype: value.dtype, shape: [width], data };
  };
  return { ability: row(ability), star: row(star) };
}

/** Numbers of the agents that are stars, or of those that are not. */
export function agentsWhere({ star }: Agents, isStar: boolean): readonly number[] {
  return [...star.data.keys()].filter((agent) => (star.data[agent] === 1) === isStar);
}
