import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { NkProcedure } from '../../../src/models/nk/index.ts';
import { NK_PROCEDURES, nkKit } from '../../../src/models/nk/index.ts';
import type { SavedState } from '../../../src/models/saved-state.ts';
import { trainNk } from '../../../src/training/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { tiny } from './small.ts';

onWasm();

/** Trains to a step, from a saved state or from the start, and hands over every checkpoint. */
async function train(
  settings: Record<string, unknown>,
  maximumSteps: number,
  more: { resumeFrom?: SavedState; checkpointEvery?: number; signal?: AbortSignal } = {},
) {
  const checkpoints: SavedState[] = [];
  const run = await trainNk({
    kit: nkKit,
    configuration: tiny(settings),
    seed: 3,
    maximumSteps,
    logEvery: 1,
    onCheckpoint: (state) => void checkpoints.push(state),
    ...more,
  });
  return { run, checkpoints, last: checkpoints.at(-1) };
}

describe('a run that is saved and resumed', () => {
  it.each(Object.keys(NK_PROCEDURES) as (keyof typeof NK_PROCEDURES)[])(
    'goes on bit for bit under %s, also from the middle of an iteration',
    async (name) => {
      const procedure: NkProcedure = NK_PROCEDURES[name];
      const expectation = { rule: 'monte-carlo', draws: 4 };
      const straight = await train({ procedure, expectation }, 40);
      for (const at of [20, 23]) {
        const { last: resumeFrom } = await train({ procedure, expectation }, at);
        if (resumeFrom === undefined) throw new Error('nothing was saved');
        const resumed = await train({ procedure, expectation }, 40, { resumeFrom });
        expect(resumed.run.weights).toEqual(straight.run.weights);
        expect(resumed.run.log).toEqual(straight.run.log.slice(at));
        expect(resumed.last).toEqual(straight.last);
      }
    },
  );

  it('goes on bit for bit over the border of a slow redraw', async () => {
    const settings = { procedure: { ...NK_PROCEDURES['simulated-slow-redraw'], redrawEvery: 3 } };
    const straight = await train(settings, 40);
    // 12 steps are two iterations and a part; new parameters come at the fourth.
    const { last: resumeFrom } = await train(settings, 12);
    if (resumeFrom === undefined) throw new Error('nothing was saved');
    expect((await train(settings, 40, { resumeFrom })).last).toEqual(straight.last);
  });

  it('is handed over every so many steps, and at the end', async () => {
    const { checkpoints } = await train({}, 12, { checkpointEvery: 5 });
    expect(checkpoints.map(({ step }) => step)).toEqual([5, 10, 12]);
  });

  it('ends after the step in which it is told to, with a checkpoint', async () => {
    const controller = new AbortController();
    const stopped: number[] = [];
    const run = await trainNk({
      kit: nkKit,
      configuration: tiny(),
      seed: 3,
      signal: controller.signal,
      onStep: ({ step }) => {
        if (step === 6) controller.abort();
      },
      onCheckpoint: ({ step }) => void stopped.push(step),
    });
    expect([run.steps, run.isComplete, stopped]).toEqual([7, false, [7]]);
  });

  it('refuses the state of another network', async () => {
    const { last: resumeFrom } = await train({}, 2);
    if (resumeFrom === undefined) throw new Error('nothing was saved');
    await expect(train({ network: { hidden: [6] } }, 4, { resumeFrom })).rejects.toThrow(/state-unusable/);
  });
});

describe('a run that is lost', () => {
  it('hands over no state that is not finite', async () => {
    const checkpoints: number[] = [];
    const run = trainNk({
      kit: {
        ...nkKit,
        clipGradient: (gradient, norm) => {
          const clipped = nkKit.clipGradient(gradient, norm);
          return { ...clipped, gradient: tf.mul(clipped.gradient, checkpoints.length > 1 ? Number.NaN : 1) };
        },
      },
      configuration: tiny(),
      seed: 3,
      maximumSteps: 40,
      checkpointEvery: 1,
      onCheckpoint: ({ step }) => void checkpoints.push(step),
    });
    await expect(run).rejects.toThrow(/after step 2 .*non-finite-state[\s\S]*weights\[0\] = NaN/);
    expect(checkpoints).toEqual([1, 2]);
  });

  it('stops at the step whose loss is not finite, though it is not logged', async () => {
    let evaluations = 0;
    const run = trainNk({
      kit: {
        ...nkKit,
        combine: (residuals, settings) => {
          const loss = nkKit.combine(residuals, settings);
          evaluations += 1;
          return evaluations === 4 ? { ...loss, total: tf.mul(loss.total, Infinity) } : loss;
        },
      },
      configuration: tiny(),
      seed: 3,
      checkEvery: 1,
    });
    await expect(run).rejects.toThrow(/gradient step 3 is not finite.*non-finite-loss/);
  });
});
