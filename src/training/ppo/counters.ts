import type { PpoConfiguration } from '../../models/ppo/index.ts';
import { deviationOf } from '../../models/ppo/index.ts';
import { columnMoments } from '../../numerics/running-moments.ts';
import type { PpoUpdate } from './observation.ts';

/**
 * What features did that a configuration switches on: a number that moves if they act, and is absent where they are not
 * configured. A line at the start that says "enabled" proves nothing.
 */
export function counters(
  { rollout, experience, logDeviation }: PpoUpdate,
  { observations, returns, value, standardiseAdvantages }: PpoConfiguration,
): Readonly<Record<string, number | undefined>> {
  const { rewards, rewardScale, advantages, batch } = experience;
  const isNormalised = observations.normalisation === 'running';
  const isScaled = returns.normalisation === 'running';
  const spread = columnMoments(advantages);
  const fed = columnMoments(rollout.observations);
  return {
    ...(isNormalised
      ? {
          'observations/count': rollout.observationMoments.count,
          'observations/root_mean_square': Math.sqrt(fed.variance + fed.mean ** 2),
          'observations/clipped': shareOf(rollout.observations, (x) => Math.abs(x) >= observations.clip),
        }
      : {}),
    ...Object.fromEntries(
      Object.entries(rollout.extremes).map(([name, largest]) => [`environment/${name}`, largest]),
    ),
    ...(isScaled
      ? {
          'reward_scale/deviation': deviationOf(rewardScale),
          'reward_scale/clipped': shareOf(rewards, (reward) => Math.abs(reward) >= returns.clip),
        }
      : {}),
    ...(standardiseAdvantages
      ? { 'advantages/mean': spread.mean, 'advantages/deviation': Math.sqrt(spread.variance) }
      : {}),
    ...(value.loss === 'huber'
      ? {
          'value_huber/linear': shareOf(batch.targets, (target, at) => {
            return Math.abs(target - (batch.values[at] ?? NaN)) > value.huberDelta;
          }),
        }
      : {}),
    ...(logDeviation.length === 0
      ? {}
      : { 'policy/deviation': columnMoments(logDeviation.map((log) => Math.exp(log))).mean }),
  };
}

function shareOf(numbers: Float32Array, isMeant: (x: number, at: number) => boolean): number {
  let count = 0;
  for (const [at, x] of numbers.entries()) if (isMeant(x, at)) count += 1;
  return count / numbers.length;
}
