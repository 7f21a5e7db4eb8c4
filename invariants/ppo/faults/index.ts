import type { Kit } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';
import { ppoEnvironmentFaults } from './environment.ts';
import { ppoExperienceFaults } from './experience.ts';
import { ppoLoopFaults } from './loop.ts';
import { ppoPolicyFaults } from './policy.ts';
import { ppoValueFaults } from './value.ts';

/** The documented faults of the PPO trainer. */
export const ppoFaults: readonly Fault<Kit>[] = [
  ...ppoEnvironmentFaults,
  ...ppoExperienceFaults,
  ...ppoPolicyFaults,
  ...ppoValueFaults,
  ...ppoLoopFaults,
];
