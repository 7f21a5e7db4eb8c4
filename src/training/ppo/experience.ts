import type {
  PpoBatch,
  PpoConfiguration,
  PpoKit,
  ReturnMoments,
  ReturnScale,
  RewardScale,
} from '../../models/ppo/index.ts';
import { denormaliseBy, normaliseBy, weightedSum } from '../../models/ppo/index.ts';
import type { PpoTask } from './gradient.ts';
import type { Rollout } from './rollout.ts';

/** What a rollout is read with. */
export interface ExperienceInput {
  readonly rollout: Rollout;
  readonly rewardScale: RewardScale;
  readonly returnMoments: ReturnMoments;
}

/** What an update learns from, and what it is told by. */
export interface Experience {
  readonly batch: PpoBatch;
  readonly rewardScale: RewardScale;
  readonly returnMoments: ReturnMoments;
  /** Units of predictions before and after the returns of this rollout. */
  readonly unitsBefore: ReturnScale;
  readonly units: ReturnScale;
  /** (n, C), in units of the reward that is learnt from. */
  readonly returns: Float64Array;
  readonly values: Float64Array;
  /** (n, C): as they are learnt from. */
  readonly rewards: Float32Array;
  /** (n): weighted, before they are standardised. */
  readonly advantages: Float64Array;
}

/** Advantages, targets and clip ranges of a rollout. */
export function experienceOf(
  kit: PpoKit,
  configuration: PpoConfiguration,
  { rewardWeights }: PpoTask,
  { rollout, rewardScale: pastScale, returnMoments }: ExperienceInput,
): Experience {
  const { discount, lambda, returns: settings, value, environments, rollout: steps } = configuration;
  const { terminated, truncated } = rollout;
  const shape = [steps, environments, rewardWeights.length] as const;
  const { rewards, scale: rewardScale } = rewardsOf(kit, configuration, rewardWeights, rollout, pastScale);
  const unitsBefore = kit.unitsOf(returnMoments, settings);
  const values = denormaliseBy(unitsBefore, rollout.values);
  const nextValues = denormaliseBy(unitsBefore, rollout.nextValues);
  const trajectories = { rewards, values, nextValues, terminated, truncated, shape };
  const { advantages, returns } = kit.advantages(trajectories, { discount, lambda });
  const { targets, moments, units, deviation } = kit.valueTargets(kit, returns, returnMoments, settings);
  const total = weightedSum(advantages, rewardWeights);
  const standardised = configuration.standardiseAdvantages ? kit.standardise(total, trajectories) : total;
  const old = Float32Array.from(normaliseBy(units, values));
  const { observations, actions, logProbabilities, policies } = rollout;
  return {
    batch: {
      observations,
      actions,
      logProbabilities,
      policies,
      advantages: Float32Array.from(standardised),
      values: old,
      targets: Float32Array.from(targets),
      ranges: kit.clipRanges(old, deviation, value),
    },
    rewardScale,
    returnMoments: moments,
    unitsBefore,
    units,
    returns,
    values,
    rewards,
    advantages: total,
  };
}

/** Rewards as they are learnt from. */
function rewardsOf(
  kit: PpoKit,
  { returns: { normalisation, clip }, discount }: PpoConfiguration,
  rewardWeights: readonly number[],
  { rewards, terminated, truncated }: Rollout,
  scale: RewardScale,
): { readonly rewards: Float32Array; readonly scale: RewardScale } {
  if (normalisation !== 'running') return { rewards, scale };
  const totals = weightedSum(Float64Array.from(rewards), rewardWeights);
  const ended = terminated.map((isEnd, row) => isEnd | (truncated[row] ?? 0));
  return kit.scaleRewards(scale, rewards, totals, ended, { discount, clip });
}
