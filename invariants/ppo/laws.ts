import type { Law } from '../../src/verification/law.ts';
import { advantages } from './advantages.ts';
import { divergence } from './divergence.ts';
import { entropyBonus } from './entropy-bonus.ts';
import { equalParameters } from './equal-parameters.ts';
import { policyLoss } from './policy-loss.ts';
import { timeLimit } from './time-limit.ts';
import { valueLoss } from './value-loss.ts';

/** The laws of the PPO trainer, what the others rest on first. */
export const ppoLaws: readonly Law[] = [
  advantages,
  policyLoss,
  divergence,
  entropyBonus,
  valueLoss,
  timeLimit,
  equalParameters,
];
