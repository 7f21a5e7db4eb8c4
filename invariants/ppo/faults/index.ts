import type { Kit } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';
import { ppoExperienceFaults } from './experience.ts';
import { ppoPolicyFaults } from './policy.ts';
import { ppoValueFaults } from './value.ts';

/** The documented faults of the PPO trainer. */
export const ppoFaults: readonly Fault<Kit>[] = [
  ...ppoExperienceFaults,
  ...ppoPolicyFaults,
  ...ppoValueFaults,
];
