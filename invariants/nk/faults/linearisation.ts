import type { Kit } from '../../../src/subjects/kit.ts';
import { inNk } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults of the Jacobian on which second-order steps rest: residuals are right, so that the loss shows nothing. */
export const linearisationFaults: readonly Fault<Kit>[] = [
  {
    id: 'nk/semi-gradient',
    summary: 'tomorrow’s controls are taken for data: their gradient is cut, as a target network’s is',
    sign: 'steps are rejected near the solution, and convergence is linear at best',
    killedBy: ['nk/jacobian'],
    engines: 'all',
    inject: inNk((nk) => ({
      linearise: (kit, weights, points, recipe) => {
        const residuals: typeof nk.residuals = (inner, { expected, ...equilibrium }) => {
          const { output, inflation } = expected;
          const cut = { output: inner.constant(output), inflation: inner.constant(inflation) };
          return nk.residuals(inner, { ...equilibrium, expected: cut });
        };
        return nk.linearise({ ...kit, residuals }, weights, points, recipe);
      },
    })),
  },
  {
    id: 'nk/jacobian-unweighted',
    summary: 'the weights of the equations are in the residuals, and not in their Jacobian',
    sign: 'steps are too long in one equation and too short in the other',
    killedBy: ['nk/jacobian'],
    engines: 'all',
    inject: inNk((nk) => ({
      linearise: (kit, weights, points, recipe) => {
        const loss = { ...recipe.loss, weights: { is: 1, phillips: 1 } };
        const { jacobian } = nk.linearise(kit, weights, points, { ...recipe, loss });
        return { ...nk.linearise(kit, weights, points, recipe), jacobian };
      },
    })),
  },
  {
    id: 'nk/jacobian-summed',
    summary: 'the loss is a mean, and its Jacobian that of a sum',
    sign: 'steps are √B times too short',
    killedBy: ['nk/jacobian'],
    engines: 'all',
    inject: inNk((nk) => ({
      linearise: (kit, weights, points, recipe) => {
        const loss = { ...recipe.loss, reduction: 'sum' as const };
        const { jacobian } = nk.linearise(kit, weights, points, { ...recipe, loss });
        return { ...nk.linearise(kit, weights, points, recipe), jacobian };
      },
    })),
  },
];
