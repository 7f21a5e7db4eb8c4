import type { Environment } from '../models/ppo/index.ts';
import { noReturnMoments } from '../models/ppo/index.ts';
import { noMoments } from '../numerics/running-moments.ts';
import { streamOf } from '../numerics/stream.ts';
import type { ExperienceInput, Rollout } from '../training/ppo/index.ts';
import { experienceOf } from '../training/ppo/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { InputOf } from '../verification/operation.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import type { Kit } from './kit.ts';

type GivenRollout = InputOf<typeof contract.ppoExperience>['rollouts'][number];

/** What happens between a rollout and the losses of the PPO trainer, as operations on plain arrays. */
export function ppoExperience(kit: Kit): readonly Implementation[] {
  const { ppo, parsePpo } = kit;
  return [
    implement(contract.ppoAdvantages, async ({ discount, lambda, ...given }) => {
      const { shape } = given.rewards;
      const answer = ppo.advantages(
        {
          rewards: Float32Array.from(given.rewards.data),
          values: Float64Array.from(given.values.data),
          nextValues: Float64Array.from(given.nextValues.data),
          ...flagsOf(given),
          shape: shapeOf(given.rewards),
        },
        { discount, lambda },
      );
      return { advantages: double(shape, answer.advantages), returns: double(shape, answer.returns) };
    }),
    implement(contract.ppoExperience, async ({ standardise, rewardWeights, rollouts, ...settings }) => {
      const [steps, environments, components] = shapeOf(rollouts[0]?.rewards ?? double([0, 0, 0], []));
      const samples = steps * environments;
      const { discount, lambda, returns, value } = settings;
      const configuration = parsePpo({
        discount,
        lambda,
        returns,
        value,
        standardiseAdvantages: standardise,
        environments,
        rollout: steps,
        minibatch: samples,
        steps: samples,
      });
      // Of the sizes only those of the rollout are asked.
      const sizes = { observations: 0, actions: 0, rewards: components, kind: 'discrete' } as const;
      let past: Omit<ExperienceInput, 'rollout'> = {
        rewardScale: { moments: noMoments(1), discounted: new Float64Array(environments) },
        returnMoments: noReturnMoments(components),
      };
      const updates = rollouts.map((given) => {
        const input = { ...past, rollout: recorded(given, samples) };
        const experience = experienceOf(ppo, configuration, { sizes, rewardWeights }, input);
        past = experience;
        const { batch, units } = experience;
        const perHead = [samples, components];
        return {
          advantages: single([samples], batch.advantages),
          returns: double(perHead, experience.returns),
          targets: single(perHead, batch.targets),
          values: single(perHead, batch.values),
          ranges: single(perHead, batch.ranges),
          mean: double([components], units.mean),
          deviation: double([components], units.deviation),
        };
      });
      return { updates };
    }),
    implement(contract.ppoExplainedVariance, async ({ values, returns }) => {
      const [, components = 0] = returns.shape;
      const explained = ppo.explainedVariance(
        Float64Array.from(values.data),
        Float64Array.from(returns.data),
        components,
      );
      return { explained: double([components], explained) };
    }),
    implement(contract.ppoShapedRewards, async ({ discount, weight, ...steps }) => {
      const environment = ppo.withShaping(ppo, oneStep(steps), { discount, weight });
      const [state, random] = [new Float32Array(2), streamOf(0)];
      const shaped = Float64Array.from(steps.rewards.data, (_, index) => {
        const rewards = new Float32Array(environment.rewards.length);
        state.set([index, 0]);
        environment.step(state, Float32Array.of(0), rewards, random);
        return rewards.reduce((sum, reward) => sum + reward, 0);
      });
      return { rewards: double(steps.rewards.shape, shaped) };
    }),
  ];
}

/** A rollout of which only what is learnt from is known. */
function recorded(given: GivenRollout, samples: number): Rollout {
  const none = new Float32Array(0);
  return {
    observations: none,
    actions: none,
    executed: none,
    logProbabilities: new Float32Array(samples),
    policies: none,
    values: Float32Array.from(given.values.data),
    nextValues: Float32Array.from(given.nextValues.data),
    rewards: Float32Array.from(given.rewards.data),
    ...flagsOf(given),
    episodes: [],
    extremes: {},
    environments: { states: none, elapsed: none, collected: none },
    observationMoments: noMoments(0),
  };
}

type Steps = Pick<InputOf<typeof contract.ppoShapedRewards>, 'rewards' | 'before' | 'after' | 'terminated'>;

/** An environment in which one of these steps is taken: its state is which, and whether it has been. */
function oneStep({ rewards: paid, before, after, terminated }: Steps): Environment {
  const chosen = ({ data }: TensorValue, state: Float32Array): number => data[state[0] ?? NaN] ?? NaN;
  return {
    name: 'steps',
    summary: 'steps of a list',
    observations: [],
    actions: { kind: 'discrete', count: 1 },
    rewards: ['reward'],
    stateSize: 2,
    timeLimit: Infinity,
    reset: () => undefined,
    observe: () => undefined,
    step: (state, _action, rewards) => {
      rewards[0] = chosen(paid, state);
      state[1] = 1;
      return chosen(terminated, state) === 1;
    },
    potential: (state) => chosen(state[1] === 1 ? after : before, state),
  };
}

function flagsOf({ terminated, truncated }: Pick<GivenRollout, 'terminated' | 'truncated'>) {
  return { terminated: Uint8Array.from(terminated.data), truncated: Uint8Array.from(truncated.data) };
}

function shapeOf({ shape: [steps = 0, environments = 0, components = 0] }: TensorValue) {
  return [steps, environments, components] as const;
}

function double(shape: readonly number[], data: ArrayLike<number>): TensorValue {
  return { dtype: 'float64', shape, data: Float64Array.from(data) };
}

function single(shape: readonly number[], data: Float32Array): TensorValue {
  return { dtype: 'float32', shape, data };
}
