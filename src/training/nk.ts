import type { NkConfiguration } from '../models/nk/configuration.ts';
import type { NkKit } from '../models/nk/kit.ts';
import { streamOf } from '../numerics/stream.ts';
import type { NkLogRow } from './log-row.ts';
import { readLogRow } from './log-row.ts';
import type { NkObserver } from './observation.ts';
import { advance, close, open, prepareIteration } from './progress.ts';

/** What a training run is told. */
export interface NkTraining {
  readonly kit: NkKit;
  readonly configuration: NkConfiguration;
  /** Every random number of the run comes from it. */
  readonly seed: number | string;
  /** Stops after so many gradient steps, on the schedule of the whole run. */
  readonly maximumSteps?: number;
  /** Reads the loss every so many gradient steps, and at the last; reading makes a GPU wait. Default 100. */
  readonly logEvery?: number;
  readonly onStep?: NkObserver;
}

/** What a training run leaves, on the host. */
export interface NkRun {
  readonly configuration: NkConfiguration;
  readonly seed: number | string;
  /** Gradient steps taken. */
  readonly steps: number;
  /** Flat, (P), in the order of `weightShapes`. */
  readonly weights: Float32Array;
  readonly log: readonly NkLogRow[];
}

/**
 * Trains the policy network of the New Keynesian model. An iteration is `gradientSteps` gradient steps on one world;
 * between iterations come new parameters, every `redrawEvery`, then the next state, drawn afresh or stepped on.
 *
 * Same kit, configuration, seed and engine: same bits. Tensors of the run are disposed of at its end, also when it
 * throws.
 *
 * @throws SubjectError `shape-mismatch`, `non-finite-loss`
 */
export async function trainNk({
  kit,
  configuration: given,
  seed,
  maximumSteps = Infinity,
  logEvery = 100,
  onStep,
}: NkTraining): Promise<NkRun> {
  const configuration = kit.readConfiguration(given);
  const { gradientSteps } = configuration.procedure;
  const steps = Math.min(configuration.iterations * gradientSteps, maximumSteps);
  const progress = open(kit, configuration, streamOf(seed));
  const log: NkLogRow[] = [];
  try {
    while (progress.step < steps) {
      if (progress.step % gradientSteps === 0) prepareIteration(progress);
      const { observation, release } = advance(progress);
      try {
        await onStep?.(observation);
        const isLogged = observation.step % logEvery === 0 || progress.step === steps;
        if (isLogged) log.push(await readLogRow(observation));
      } finally {
        release();
      }
    }
    const weights = Float32Array.from(await progress.weights.data());
    return { configuration: given, seed, steps, weights, log };
  } finally {
    close(progress);
  }
}
