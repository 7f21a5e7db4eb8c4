import type { Benchmark } from '../src/benchmarking/benchmark.ts';
import { cleanRl, rolloutRun, STEPS } from './ppo-step.ts';

/** The rollout of that update alone: 128 steps in 4 environments. */
export const ppoRollout: Benchmark = {
  id: 'ppo-rollout',
  summary: 'the rollout of that update alone: 128 steps in 4 environments',
  unit: 'rollout',
  parts: STEPS,
  engines: ['wasm', 'tensorflow'],
  open: () => rolloutRun(cleanRl),
};
