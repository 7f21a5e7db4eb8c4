import type { Law } from '../../src/verification/law.ts';
import { advantages } from './advantages.ts';
import { colony } from './colony.ts';
import { divergence } from './divergence.ts';
import { entropyBonus } from './entropy-bonus.ts';
import { equalParameters } from './equal-parameters.ts';
import { explainedVariance } from './explained-variance.ts';
import { minibatches } from './minibatches.ts';
import { policyLoss } from './policy-loss.ts';
import { preservedValues } from './preserved-values.ts';
import { rewardScale } from './reward-scale.ts';
import { shaping } from './shaping.ts';
import { standardisedAdvantages } from './standardised-advantages.ts';
import { targetDivergence } from './target-divergence.ts';
import { targetMoments } from './target-moments.ts';
import { timeLimit } from './time-limit.ts';
import { unweightedValueLoss } from './unweighted-value-loss.ts';
import { valueLoss } from './value-loss.ts';
import { valueScale } from './value-scale.ts';

/** The laws of the PPO trainer, what the others rest on first. */
export const ppoLaws: readonly Law[] = [
  colony,
  shaping,
  advantages,
  standardisedAdvantages,
  rewardScale,
  targetMoments,
  preservedValues,
  explainedVariance,
  policyLoss,
  divergence,
  entropyBonus,
  valueLoss,
  valueScale,
  timeLimit,
  equalParameters,
  minibatches,
  targetDivergence,
  unweightedValueLoss,
];
