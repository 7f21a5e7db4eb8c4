import type { Environment } from '../../environment.ts';
import type { Findings } from './findings.ts';

/** What can be seen of an environment without running it. */
export function checkDeclaration(environment: Environment, findings: Findings): void {
  const { timeLimit, stateSize, observations, rewards, actions } = environment;
  if (!(timeLimit === Number.POSITIVE_INFINITY || (Number.isSafeInteger(timeLimit) && timeLimit >= 1))) {
    findings.add(
      'time-limit',
      `timeLimit is ${timeLimit}; expected a whole number of steps from 1, or Infinity for a task that ends by itself.`,
    );
  }
  if (!Number.isSafeInteger(stateSize) || stateSize < 0) {
    findings.add('state-size', `stateSize is ${stateSize}; expected how many numbers a state is.`);
  }
  if (observations.length === 0) {
    findings.add('no-observations', 'observations is empty; give a name to each number that observe writes.');
  }
  if (rewards.length === 0) {
    findings.add('no-rewards', 'rewards is empty; name at least one component, and write it in step.');
  }
  for (const [list, names] of Object.entries({ observations, rewards })) {
    const repeated = names.find((name, i) => names.indexOf(name) !== i);
    if (repeated !== undefined) {
      findings.add('names-repeat', `${list} names "${repeated}" twice; logs tell numbers apart by name.`);
    }
  }
  if (actions.kind === 'discrete') checkCount(actions.count, findings);
  else checkBounds(actions.low, actions.high, findings);
}

function checkCount(count: number, findings: Findings): void {
  if (Number.isSafeInteger(count) && count >= 1) return;
  findings.add('action-count', `there are ${count} discrete actions; expected a whole number from 1.`);
}

function checkBounds(low: readonly number[], high: readonly number[], findings: Findings): void {
  if (low.length !== high.length || low.length === 0) {
    findings.add(
      'bounds-number',
      `actions has ${low.length} lower and ${high.length} upper bounds; expected one of each for every number of an action.`,
    );
    return;
  }
  for (const [i, least] of low.entries()) {
    const most = high[i] ?? Number.NaN;
    if (!(least < most)) {
      findings.add(
        'bounds-order',
        `number ${i} of an action is between ${least} and ${most}; low must be below high.`,
      );
    } else if (Number.isFinite(least) !== Number.isFinite(most)) {
      findings.add(
        'bounds-mixed',
        `number ${i} of an action is between ${least} and ${most}; both bounds must be finite (it is squashed between them) or both infinite (it is taken as it is).`,
      );
    }
  }
}
