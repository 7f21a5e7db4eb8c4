import { SubjectError } from '../errors.ts';

/** What ends a run whose loss or gradient is not finite: weights are then lost, and a number in its place would be read as progress. */
export function notFinite(what: 'loss' | 'gradient', step: number, given: string): SubjectError {
  return new SubjectError({
    code: `non-finite-${what}`,
    what: `the ${what} of gradient step ${step} is not finite`,
    given,
    expected: 'finite numbers',
    todo: 'lower the learning rate or raise the damping, or look for a division or a power of what may be 0',
  });
}
