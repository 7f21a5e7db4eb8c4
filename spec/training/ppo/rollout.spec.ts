import { describe, expect, it } from 'vitest';
import type { Act, Environment } from '../../../src/models/ppo/index.ts';
import { ppoKit, sizesOf } from '../../../src/models/ppo/index.ts';
import { noMoments } from '../../../src/numerics/running-moments.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import type { Rollout } from '../../../src/training/index.ts';
import { firstStates, rollout } from '../../../src/training/index.ts';
import { tiny } from './small.ts';

/** Counts its steps; the task ends at `end`, and pays what it counted. */
function counter(end: number, timeLimit: number): Environment {
  return {
    name: 'counter',
    summary: 'a state that is the number of steps',
    observations: ['steps'],
    actions: { kind: 'discrete', count: 2 },
    rewards: ['steps', 'one'],
    stateSize: 1,
    timeLimit,
    reset: (state) => state.fill(0),
    observe: (state, observation) => {
      observation.set(state);
    },
    step: (state, _action, rewards) => {
      state[0] = (state[0] ?? Number.NaN) + 1;
      rewards.set([state[0], 1]);
      return state[0] === end;
    },
  };
}

/** Values 10 times what is seen, and 1 more; an even policy. */
const asked: number[][] = [];
const act: Act = (observations) => {
  asked.push([...observations]);
  return Promise.resolve({
    policies: new Float32Array(2 * observations.length),
    values: Float32Array.from([...observations].flatMap((x) => [10 * x, 10 * x + 1])),
  });
};

async function rolled(
  environment: Environment,
  settings: Record<string, unknown>,
  from?: Rollout,
): Promise<Rollout> {
  const configuration = tiny({ environments: 2, minibatch: 2, ...settings });
  return rollout(ppoKit, configuration, {
    environment,
    sizes: sizesOf(environment),
    environments: from?.environments ?? firstStates(environment, 2, streamOf(1)),
    observationMoments: from?.observationMoments ?? noMoments(1),
    logDeviation: new Float32Array(0),
    act,
    random: streamOf(2),
  });
}

/** Of environment 0: every second row. */
const ofFirst = (rows: ArrayLike<number>, width = 1): number[][] =>
  Array.from({ length: rows.length / (2 * width) }, (_, step) =>
    Array.from({ length: width }, (_, column) => rows[2 * width * step + column] ?? NaN),
  );

describe('rollout', () => {
  it('counts the value of what was last seen where time runs out, not of what is seen after the reset', async () => {
    const { observations, nextValues, truncated, terminated, episodes } = await rolled(counter(99, 3), {
      rollout: 5,
    });
    expect(ofFirst(observations).flat()).toEqual([0, 1, 2, 0, 1]);
    expect(ofFirst(truncated).flat()).toEqual([0, 0, 1, 0, 0]);
    expect([...terminated]).toEqual(new Array(10).fill(0));
    expect(ofFirst(nextValues, 2)).toEqual([
      [10, 11],
      [20, 21],
      [30, 31],
      [10, 11],
      [20, 21],
    ]);
    expect(episodes).toEqual([
      { rewards: [6, 3], steps: 3, truncated: true },
      { rewards: [6, 3], steps: 3, truncated: true },
    ]);
  });

  it('asks for values in as many rows as there are environments, whatever is cut off', async () => {
    asked.splice(0);
    await rolled(counter(99, 1), { rollout: 3 });
    expect(new Set(asked.map((rows) => rows.length))).toEqual(new Set([2]));
    // Three steps, what comes after them, and six last observations in pairs.
    expect(asked).toHaveLength(3 + 1 + 3);
  });

  it('also where the last step of the rollout is the last of an episode', async () => {
    const { nextValues, environments } = await rolled(counter(99, 3), { rollout: 3 });
    expect(ofFirst(nextValues, 2).at(-1)).toEqual([30, 31]);
    expect([...environments.states]).toEqual([0, 0]);
    expect([...environments.elapsed]).toEqual([0, 0]);
  });

  it('a task that ends with its time has ended', async () => {
    const { truncated, terminated } = await rolled(counter(3, 3), { rollout: 3 });
    expect([...truncated]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(ofFirst(terminated).flat()).toEqual([0, 0, 1]);
  });

  it('goes on with episodes over rollouts, and leaves the states that it was given', async () => {
    const first = await rolled(counter(99, 5), { rollout: 3 });
    const before = first.environments.states.slice();
    const second = await rolled(counter(99, 5), { rollout: 3 }, first);
    expect(first.environments.states).toEqual(before);
    expect(ofFirst(second.observations).flat()).toEqual([3, 4, 0]);
    expect(second.episodes[0]).toEqual({ rewards: [15, 5], steps: 5, truncated: true });
  });

  it('counts every observation once in its moments, over rollouts', async () => {
    const settings = { rollout: 3, observations: { normalisation: 'running' } };
    const first = await rolled(counter(99, 99), settings);
    const second = await rolled(counter(99, 99), settings, first);
    expect(second.observationMoments.count).toBe(12);
    // 0 … 5, twice.
    expect(second.observationMoments.mean[0]).toBeCloseTo(2.5, 12);
    expect(second.observationMoments.variance[0]).toBeCloseTo(35 / 12, 12);
  });

  it('keeps the largest of what the environment tells of a step, of all environments', async () => {
    const told = {
      ...counter(99, 4),
      extremes: { rise: ([before = NaN]: Float32Array, [after = NaN]: Float32Array) => after ** 2 - before },
    };
    // 4² − 3 in the last step of an episode, before the reset.
    expect((await rolled(told, { rollout: 6 })).extremes).toEqual({ rise: 13 });
    expect((await rolled(counter(99, 4), { rollout: 6 })).extremes).toEqual({});
  });

  it('keeps the action that was taken beside the sample that was drawn', async () => {
    const { actions, executed, logProbabilities } = await rolled(counter(99, 99), { rollout: 20 });
    for (const [row, action] of executed.entries()) expect(actions[2 * row + action]).toBe(1);
    expect(new Set(executed)).toEqual(new Set([0, 1]));
    for (const log of logProbabilities) expect(log).toBeCloseTo(Math.log(0.5), 6);
  });
});
