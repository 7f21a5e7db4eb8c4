import type { LoggedRun } from './evidence/logged-run.ts';
import { PROBLEM_KINDS } from '../runs/index.ts';
import type { Outcome, RunVerdict } from './outcome.ts';

/** What all outcomes say of a run, and why it is not called healthy where nothing was found. */
export function verdictOf(
  run: Pick<LoggedRun, 'problems' | 'rows'>,
  outcomes: readonly Outcome[],
): { readonly verdict: RunVerdict; readonly reason?: string } {
  const found = outcomes.filter((outcome) => outcome.state === 'found');
  if (found.some(({ severity }) => severity === 'sick')) return { verdict: 'sick' };
  if (run.rows === 0) return { verdict: 'not-judged', reason: 'the log has no rows' };
  const lost = run.problems.filter(({ kind }) => PROBLEM_KINDS[kind].lost);
  if (lost[0] !== undefined)
    return { verdict: 'not-judged', reason: `the log was not read whole: ${lost[0].what}` };
  const unjudged = outcomes.filter(({ isRequired, state }) => isRequired && state === 'not-checked');
  if (unjudged[0]?.state === 'not-checked') {
    const others = unjudged.length > 1 ? `, and ${unjudged.length - 1} more` : '';
    const reason = `required checks could not run: ${unjudged[0].check.id} ${unjudged[0].reason}${others}`;
    return { verdict: 'not-judged', reason };
  }
  if (!outcomes.some(({ isRequired }) => isRequired))
    return { verdict: 'not-judged', reason: 'the checklist requires no check' };
  return found.some(({ severity }) => severity === 'suspect')
    ? { verdict: 'suspect' }
    : { verdict: 'healthy' };
}
