import type { Benchmark } from '../src/benchmarking/benchmark.ts';
import { cleanRl, learningRun } from './ppo-step.ts';

/** What that update learns alone: 16 gradient steps of 128 samples. */
export const ppoLearning: Benchmark = {
  id: 'ppo-learning',
  summary: 'what that update learns alone: 16 gradient steps of 128 samples',
  unit: 'update',
  engines: ['wasm', 'tensorflow'],
  open: () => learningRun(cleanRl),
};
