import { InputError } from '../errors.ts';
import type { NkAdamWSettings, NkConfiguration } from '../models/nk/index.ts';
import { trainNk } from '../training/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { dampedStepOperation } from './damped-step.ts';
import type { Kit } from './kit.ts';
import { nkConfigured } from './nk-trainable.ts';
import { stack } from './stack.ts';
import { download } from './transfer.ts';

/** What the training loop of the New Keynesian model has to itself: worlds and batches, its rates, its second-order step. */
export function nkTraining(kit: Kit): readonly Implementation[] {
  return [
    implement(contract.nkTrace, async ({ configuration, seed, steps }) => {
      const rows: Record<'liveParameters' | 'liveState' | 'batchParameters' | 'batchState', TensorValue[]> = {
        liveParameters: [],
        liveState: [],
        batchParameters: [],
        batchState: [],
      };
      const iterations: number[] = [];
      await trainNk({
        kit: kit.nk,
        configuration: nkConfigured(kit, configuration),
        seed,
        maximumSteps: steps,
        onStep: async ({ live, batch, iteration }) => {
          rows.liveParameters.push(await download(live.parameters));
          rows.liveState.push(await download(live.zeta));
          rows.batchParameters.push(await download(batch.parameters));
          rows.batchState.push(await download(batch.zeta));
          iterations.push(iteration);
        },
      });
      return {
        liveParameters: stack(rows.liveParameters),
        liveState: stack(rows.liveState),
        batchParameters: stack(rows.batchParameters),
        batchState: stack(rows.batchState),
        iteration: { dtype: 'int32' as const, shape: [iterations.length], data: Int32Array.from(iterations) },
      };
    }),
    dampedStepOperation(kit.nk),
    implement(contract.trainingLearningRate, async ({ initial, final, total, steps }) => {
      const settings = { optimiser: { learningRate: initial, finalLearningRate: final } };
      const optimiser = adamWOf(nkConfigured(kit, settings));
      return { rates: steps.map((step) => kit.nk.learningRate(step, total, optimiser)) };
    }),
  ];
}

/** Schedules are those of AdamW. */
function adamWOf({ optimiser }: NkConfiguration): NkAdamWSettings {
  if (optimiser.rule === 'adamw') return optimiser;
  throw new InputError({
    code: 'operation-of-another-rule',
    what: 'this operation looks into AdamW',
    given: `optimiser.rule: ${optimiser.rule}`,
    expected: 'optimiser.rule: adamw',
  });
}
