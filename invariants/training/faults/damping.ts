import type { LeastSquares } from '../../../src/nn/index.ts';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inNk } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults of the damped second-order step, which touch no tensor. */
export const dampingFaults: readonly Fault<Kit>[] = [
  {
    id: 'training/uphill-accepted',
    summary: 'a second-order step is accepted whatever becomes of the loss',
    sign: 'the loss jumps up by orders of magnitude, and damping only falls',
    killedBy: ['training/damped-step'],
    engines: 'host',
    inject: inNk((nk) => ({
      dampedStep: (problem, damping, settings) =>
        nk.dampedStep({ ...problem, sumOfSquaresAfter: async () => 0 }, damping, settings),
    })),
  },
  {
    id: 'training/damping-swapped',
    summary: 'damping is lowered after a step that is rejected, and raised after one that is accepted',
    sign: 'steps become shorter while they succeed; a rejected one is never recovered from',
    killedBy: ['training/damped-step'],
    engines: 'host',
    inject: inNk((nk) => ({
      dampedStep: (problem, damping, { raise, lower, ...settings }) =>
        nk.dampedStep(problem, damping, { ...settings, raise: lower, lower: raise }),
    })),
  },
  {
    id: 'training/damping-absolute',
    summary: 'damping is added to JᵀJ as it is, and not in units of its mean diagonal',
    sign: 'the same damping is too much for a mean and too little for a sum of residuals',
    killedBy: ['training/damped-step'],
    engines: 'host',
    inject: inNk((nk) => ({
      dampedStep: async (problem, damping, settings) => {
        const size = problem.slope.length;
        const diagonal = Array.from({ length: size }, (_, index) => problem.gram[index * (size + 1)] ?? 0);
        const unit = diagonal.reduce((trace, value) => trace + value, 0) / size;
        const made = await nk.dampedStep(problem, damping / unit, settings);
        return { ...made, damping: made.damping * unit };
      },
    })),
  },
  {
    id: 'training/acceleration-away',
    summary: 'the acceleration has the wrong sign: steps bend away from the valley',
    sign: 'many attempts a step, and damping that stays high',
    killedBy: ['training/damped-step'],
    engines: 'host',
    inject: inNk((nk) => ({
      dampedStep: (problem, damping, settings) =>
        nk.dampedStep({ ...problem, curvatureAlong: scaledBy(-1, problem) }, damping, settings),
    })),
  },
  {
    id: 'training/acceleration-doubled',
    summary: 'the step is v + a and not v + a/2',
    sign: 'many attempts a step, and damping that stays high',
    killedBy: ['training/damped-step'],
    engines: 'host',
    inject: inNk((nk) => ({
      dampedStep: (problem, damping, settings) =>
        nk.dampedStep({ ...problem, curvatureAlong: scaledBy(2, problem) }, damping, settings),
    })),
  },
];

function scaledBy(
  factor: number,
  { curvatureAlong }: Pick<LeastSquares, 'curvatureAlong'>,
): LeastSquares['curvatureAlong'] {
  return async (velocity, probe) =>
    Array.from(await curvatureAlong(velocity, probe), (value) => factor * value);
}
