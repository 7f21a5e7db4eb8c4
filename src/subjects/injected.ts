import { SubjectError } from '../errors.ts';

/** What a gradient step throws that is told to. */
export function injected(step: number): SubjectError {
  return new SubjectError({ code: 'injected-failure', what: `injected into gradient step ${step}` });
}
