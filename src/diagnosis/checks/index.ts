import type { Check } from '../check.ts';
import {
  capitalLabour,
  constrainedShare,
  discountedReturn,
  labourLevel,
  savingsRatio,
  topShare,
} from './economics/steady-state.ts';
import { ability } from './economics/ability.ts';
import { labourCollapse, wealthCollapse } from './economics/collapse.ts';
import { equationBalance } from './economics/equation-balance.ts';
import { eulerProduct } from './economics/euler-product.ts';
import { eulerRatio } from './economics/euler-ratio.ts';
import { guards } from './economics/guards.ts';
import { heldOut } from './economics/held-out.ts';
import { prices, returnStands } from './economics/prices.ts';
import { resourceResidual } from './economics/resource-residual.ts';
import { start } from './economics/start.ts';
import { spectralRadius } from './economics/spectral-radius.ts';
import { constant } from './general/constant.ts';
import { divergence } from './general/divergence.ts';
import { exactZero } from './general/exact-zero.ts';
import { gainRatio } from './general/gain-ratio.ts';
import { gradientClipped, gradientNorm } from './general/gradient-norm.ts';
import { incomplete } from './general/incomplete.ts';
import { beginsAgain } from './general/begins-again.ts';
import { damping, rejected } from './general/damping.ts';
import { lossAddsUp } from './general/loss-adds-up.ts';
import { flatPolicy, worseThanFlat } from './nk/flat-policy.ts';
import { learningRate, rateIgnored, scheduleAbsent } from './general/learning-rate.ts';
import { lossScale } from './general/loss-scale.ts';
import { memory, tensors } from './general/memory.ts';
import { missingSteps } from './general/missing-steps.ts';
import { nonFinite } from './general/non-finite.ts';
import { plateau } from './general/plateau.ts';
import { resume } from './general/resume.ts';
import { spikes } from './general/spikes.ts';
import { optimiserRestarted, stepLength } from './general/step-length.ts';
import { throughput } from './general/throughput.ts';
import { count } from './normaliser/count.ts';
import { clip, clipped, deviation, floor, mean, restarted } from './normaliser/deviation.ts';
import {
  explainedVariance,
  explainedVarianceComputed,
  headShare,
  valueClipped,
  zeroPredictor,
} from './ppo/critic.ts';
import { firstMinibatch } from './ppo/first-minibatch.ts';
import {
  clipFraction,
  divergence as policyDivergence,
  entropyCollapse,
  entropyTerm,
  klEstimators,
  policyShare,
  targetMissed,
} from './ppo/policy.ts';
import { bonusShare, bothEndings, discounted, rewardBounded, truncationsAbsent } from './ppo/episodes.ts';
import { lengthScale, lossGrowth, lossUpReturnDown, notLearnt, returnFalls } from './ppo/returns.ts';
import { nodeGrowth } from './ppo/node-growth.ts';
import { normalisationAbsent, targetMoments } from './ppo/targets.ts';

/** Every check that Plumbline brings, group by group, in the order in which they are explained. */
export const CHECKS: readonly Check[] = [
  nonFinite,
  exactZero,
  constant,
  divergence,
  plateau,
  spikes,
  lossScale,
  lossAddsUp,
  learningRate,
  rateIgnored,
  scheduleAbsent,
  gradientNorm,
  gradientClipped,
  stepLength,
  optimiserRestarted,
  throughput,
  tensors,
  memory,
  resume,
  beginsAgain,
  missingSteps,
  incomplete,
  damping,
  rejected,
  gainRatio,
  count,
  deviation,
  mean,
  clipped,
  restarted,
  floor,
  clip,
  resourceResidual,
  prices,
  returnStands,
  wealthCollapse,
  labourCollapse,
  capitalLabour,
  discountedReturn,
  labourLevel,
  savingsRatio,
  constrainedShare,
  topShare,
  eulerRatio,
  eulerProduct,
  equationBalance,
  ability,
  start,
  guards,
  heldOut,
  spectralRadius,
  worseThanFlat,
  flatPolicy,
  firstMinibatch,
  zeroPredictor,
  explainedVarianceComputed,
  explainedVariance,
  headShare,
  valueClipped,
  normalisationAbsent,
  targetMoments,
  entropyTerm,
  entropyCollapse,
  policyDivergence,
  targetMissed,
  klEstimators,
  clipFraction,
  policyShare,
  lossGrowth,
  lossUpReturnDown,
  returnFalls,
  notLearnt,
  bothEndings,
  truncationsAbsent,
  bonusShare,
  rewardBounded,
  discounted,
  lengthScale,
  nodeGrowth,
];
