import { describe, expect, it } from 'vitest';
import type { PpoEvaluationData } from '../../src/reporting/ppo-evaluation-terminal.ts';
import { ppoEvaluationTerminal } from '../../src/reporting/ppo-evaluation-terminal.ts';

const mean = (value: number) => ({
  mean: value,
  deviation: 1,
  interval: [value - 0.196, value + 0.196] as const,
});
const played = (value: number, components: Readonly<Record<string, number>> = { cost: value }) => ({
  return: mean(value),
  discountedReturn: mean(value / 2),
  length: mean(200),
  terminated: 0.25,
  components,
});

const DATA: PpoEvaluationData = {
  episodes: 100,
  sampled: played(-13.25),
  greedy: played(-12.125),
};

const OPTIMUM: NonNullable<PpoEvaluationData['optimum']> = {
  summary: 'u = −Kx',
  best: played(-12),
  discountedReturnGap: 0.0104,
  discountedReturnGapShare: 0.02,
  action: { meanError: 0.0123, largestError: 0.456 },
  value: { meanError: 0.5, meanSize: 11.9 },
};

describe('ppoEvaluationTerminal', () => {
  it('has a row a player, with an interval, true minus signs, and no column of the only component', () => {
    const text = ppoEvaluationTerminal(DATA);
    expect(text).toMatch(/^Of 100 episodes/);
    expect(text).toMatch(/actions drawn +−13\.25 +−13\.45 to −13\.05 +−6\.625 +200\.0 +25 %/);
    expect(text).toMatch(/without noise +−12\.13/);
    expect(text).not.toContain('cost');
    expect(text).not.toContain('best');
    expect(text).not.toContain('-');
  });

  it('has a column for each of several components', () => {
    const components = { delete: 1.5, spawn: -2 };
    const text = ppoEvaluationTerminal({
      ...DATA,
      sampled: played(1, components),
      greedy: played(2, components),
    });
    expect(text).toMatch(/task ended +delete +spawn/);
    expect(text).toMatch(/actions drawn.* 1\.500 +−2\.000/);
  });

  it('tells the distance from the best, in actions, return and value', () => {
    const text = ppoEvaluationTerminal({ ...DATA, optimum: OPTIMUM });
    expect(text).toMatch(/the best actions +−12\.00/);
    expect(text).toContain('Best: u = −Kx');
    expect(text).toContain('actions 0.0123 away on average, 0.456 at most');
    expect(text).toContain(
      'discounted return, with what is still to come, 0.01040 below the best, 2.000 % of it',
    );
    expect(text).toContain(
      'the critic is 0.500 away from the value of the best policy, which is 11.9 in size',
    );
  });

  it('counts discrete actions that are others, and is silent of values that are not to be judged', () => {
    const { summary, best } = OPTIMUM;
    const text = ppoEvaluationTerminal({
      ...DATA,
      optimum: { summary, best, discountedReturnGap: -0.02, action: { shareOther: 0.125 } },
    });
    expect(text).toContain(
      'another action in 12.5 % of the states; discounted return, with what is still to come, −0.02000 below the best',
    );
    expect(text).not.toContain('critic');
  });
});
