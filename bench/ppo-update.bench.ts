import type { Benchmark } from '../src/benchmarking/benchmark.ts';
import { cleanRl, updateRun, STEPS } from './ppo-step.ts';

/** CartPole as CleanRL has it: whole updates of 512 steps, 4 epochs of 4 minibatches. */
export const ppoUpdate: Benchmark = {
  id: 'ppo-update',
  summary: 'CartPole as CleanRL has it: whole updates of 512 steps, 4 epochs of 4 minibatches',
  unit: 'update',
  parts: STEPS,
  engines: ['wasm', 'cpu', 'tensorflow', 'webgpu'],
  open: () => updateRun(cleanRl),
};
