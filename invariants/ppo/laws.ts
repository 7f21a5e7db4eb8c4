import type { Law } from '../../src/verification/law.ts';
import { advantages } from './advantages.ts';
import { equalParameters } from './equal-parameters.ts';
import { timeLimit } from './time-limit.ts';

/** The laws of the PPO trainer, what the others rest on first. */
export const ppoLaws: readonly Law[] = [advantages, timeLimit, equalParameters];
