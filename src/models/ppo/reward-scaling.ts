import type { RunningMoments } from '../../numerics/running-moments.ts';
import { addRows } from '../../numerics/running-moments.ts';

/** What the scale of rewards is known by. */
export interface RewardScale {
  /** Of the discounted return, one column. */
  readonly moments: RunningMoments;
  /** (E): Σ γᵏ r of each running episode so far. */
  readonly discounted: Float64Array;
}

/** By what rewards are divided. */
export function deviationOf({ moments }: RewardScale): number {
  return Math.sqrt((moments.variance[0] ?? Number.NaN) + LEAST_VARIANCE);
}

export interface ScaledRewards {
  /** (T, E, C). */
  readonly rewards: Float32Array;
  readonly scale: RewardScale;
}

/** Added to the variance, so that rewards of 0 stay 0; Gymnasium's constant. */
const LEAST_VARIANCE = 1e-8;

/**
 * Divides rewards by the running standard deviation of the discounted return, and clips them: its sign and its zero are
 * kept, since it is not centred. All components are divided by one number, the deviation of the weighted sum: what they
 * count beside each other stays.
 *
 * @param totals (T, E): rewards, components weighted and summed
 * @param ended (T, E): 1 where an episode ended
 */
export function scaleRewards(
  past: RewardScale,
  rewards: Float32Array,
  totals: Float64Array,
  ended: Uint8Array,
  { discount, clip }: { readonly discount: number; readonly clip: number },
): ScaledRewards {
  const environments = past.discounted.length;
  const components = rewards.length / totals.length;
  const scaled = new Float32Array(rewards.length);
  let { moments, discounted } = past;
  for (let row = 0; row < totals.length; row += environments) {
    discounted = discounted.map((sum, index) => sum * discount + (totals[row + index] ?? Number.NaN));
    moments = addRows(moments, discounted);
    const deviation = deviationOf({ moments, discounted });
    const [from, to] = [row * components, (row + environments) * components];
    for (let at = from; at < to; at += 1) {
      const value = (rewards[at] ?? Number.NaN) / deviation;
      scaled[at] = Math.max(-clip, Math.min(clip, value));
    }
    discounted = discounted.map((sum, index) => (ended[row + index] === 1 ? 0 : sum));
  }
  return { rewards: scaled, scale: { moments, discounted } };
}
