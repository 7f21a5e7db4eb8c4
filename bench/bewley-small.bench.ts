import type { Benchmark } from '../src/benchmarking/benchmark.ts';
import { bewleyTrainerKit } from '../src/models/bewley/index.ts';
import { bewleyConfigured, bewleySteps } from './bewley-step.ts';

/** The overhead of a step: so small a batch is nothing to compute. */
export const bewleySmall: Benchmark = {
  id: 'bewley-small',
  summary: 'the preset no-tax with its overlay small: 8 worlds of 20 agents',
  unit: 'gradient step',
  engines: ['wasm', 'cpu', 'tensorflow', 'webgpu'],
  open: () => bewleySteps(bewleyTrainerKit, bewleyConfigured(['no-tax', 'small'])),
};
