import type { Advantages, Trajectories } from '../../../src/models/ppo/index.ts';
import { columnMoments } from '../../../src/numerics/running-moments.ts';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inPpo } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults between what happened and what is learnt from it: ends, advantages. */
export const ppoExperienceFaults: readonly Fault<Kit>[] = [
  {
    id: 'ppo/gae-no-reset',
    summary: 'the sum of advantages runs on over the end of an episode, into the next',
    sign: '',
    killedBy: ['ppo/advantages'],
    engines: 'host',
    inject: inPpo((ppo) => ({
      advantages: (trajectories, settings) =>
        summedOn(
          trajectories,
          ppo.advantages(trajectories, { ...settings, lambda: 0 }).advantages,
          settings.discount * settings.lambda,
        ),
    })),
  },
  {
    id: 'ppo/gae-off-by-one',
    summary: 'the ends that count for a step are those of the step after it',
    sign: '',
    killedBy: ['ppo/advantages'],
    engines: 'host',
    inject: inPpo((ppo) => ({
      advantages: (trajectories, settings) => {
        const [, environments] = trajectories.shape;
        const late = (flags: Uint8Array): Uint8Array => flags.map((_, row) => flags[row + environments] ?? 0);
        const { terminated, truncated } = trajectories;
        const shifted = { ...trajectories, terminated: late(terminated), truncated: late(truncated) };
        return ppo.advantages(shifted, settings);
      },
    })),
  },
  {
    id: 'ppo/gae-lambda',
    summary: 'λ does not reach the sum of advantages: it is 1 whatever is configured',
    sign: '',
    killedBy: ['ppo/advantages'],
    engines: 'host',
    inject: inPpo((ppo) => ({
      advantages: (trajectories, { discount }) => ppo.advantages(trajectories, { discount, lambda: 1 }),
    })),
  },
  {
    id: 'ppo/discount-ignored',
    summary: 'rewards of later count as those of now',
    sign: 'values grow with the length of episodes',
    killedBy: ['ppo/advantages'],
    engines: 'host',
    inject: inPpo((ppo) => ({
      advantages: (trajectories, { lambda }) => ppo.advantages(trajectories, { discount: 1, lambda }),
    })),
  },
  {
    id: 'ppo/timeout-as-terminal',
    summary: 'time running out counts as the end of the task: nothing comes after',
    sign: 'truncated is never seen; values fall with the time limit',
    killedBy: ['ppo/time-limit'],
    engines: 'host',
    inject: inPpo(() => ({
      endOfStep: ({ ended, elapsed, timeLimit }) => ({
        terminated: ended || elapsed >= timeLimit,
        truncated: false,
      }),
    })),
  },
  {
    id: 'ppo/advantage-per-episode',
    summary:
      'advantages are standardised within each episode: a bad one has as many good steps as a good one',
    sign: '',
    killedBy: ['ppo/standardised-advantages'],
    engines: 'host',
    inject: inPpo((ppo) => ({
      standardise: (advantages, trajectories) => {
        const standardised = advantages.slice();
        for (const rows of episodesOf(trajectories)) {
          const own = ppo.standardise(
            Float64Array.from(rows, (row) => advantages[row] ?? NaN),
            trajectories,
          );
          for (const [index, row] of rows.entries()) standardised[row] = own[index] ?? NaN;
        }
        return standardised;
      },
    })),
  },
  {
    id: 'ppo/standardise-one',
    summary: 'advantages are divided by the deviation of n − 1 degrees, whatever it is',
    sign: 'NaN where a batch has one sample',
    killedBy: ['ppo/standardised-advantages'],
    engines: 'host',
    inject: inPpo(() => ({
      standardise: (advantages) => {
        const { mean, variance } = columnMoments(advantages);
        const count = advantages.length;
        const deviation = Math.sqrt((variance * count) / (count - 1));
        return advantages.map((advantage) => (advantage - mean) / deviation);
      },
    })),
  },
];

/** Rows (T, E) of each episode. */
function episodesOf({
  terminated,
  truncated,
  shape: [steps, environments],
}: Pick<Trajectories, 'terminated' | 'truncated' | 'shape'>): readonly (readonly number[])[] {
  const episodes: number[][] = [];
  for (let environment = 0; environment < environments; environment += 1) {
    let own: number[] = [];
    for (let step = 0; step < steps; step += 1) {
      const row = step * environments + environment;
      own.push(row);
      if (step < steps - 1 && terminated[row] !== 1 && truncated[row] !== 1) continue;
      episodes.push(own);
      own = [];
    }
  }
  return episodes;
}

/** Errors of one step each, summed backwards as if nothing ever ended. */
function summedOn({ shape, values }: Trajectories, errors: Float64Array, decay: number): Advantages {
  const [, environments, components] = shape;
  const stride = environments * components;
  const advantages = errors.slice();
  for (let at = advantages.length - stride - 1; at >= 0; at -= 1)
    advantages[at] = (advantages[at] ?? NaN) + decay * (advantages[at + stride] ?? NaN);
  return { advantages, returns: advantages.map((one, at) => one + (values[at] ?? NaN)) };
}
