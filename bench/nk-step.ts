import type { Benchmark } from '../src/benchmarking/benchmark.ts';
import { nkKit, parseNkConfiguration } from '../src/models/nk/index.ts';
import { streamOf } from '../src/numerics/stream.ts';
import { advance, close, compileStep, open, prepareIteration } from '../src/training/nk/progress.ts';

/** Gradient steps of the New Keynesian trainer under these settings. */
export function nkSteps(id: string, summary: string, settings: Readonly<Record<string, unknown>>): Benchmark {
  return {
    id,
    summary,
    unit: 'gradient step',
    engines: ['wasm', 'cpu', 'tensorflow', 'webgpu'],
    open: async () => {
      const configuration = parseNkConfiguration(settings);
      const progress = open(nkKit, configuration, streamOf(1));
      // As `plumbline train` does.
      await compileStep(progress);
      return {
        step: async () => {
          if (progress.step % configuration.procedure.gradientSteps === 0) prepareIteration(progress);
          const { observation, release } = await advance(progress);
          // Read, or a GPU would only have been told what to do.
          await observation.total.data();
          release();
        },
        close: () => {
          close(progress);
        },
      };
    },
  };
}
