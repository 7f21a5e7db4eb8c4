import { describe, expect, it } from 'vitest';
import { SubjectError } from '../../src/errors.ts';
import type { SavedState } from '../../src/models/saved-state.ts';
import type { LoopBody, RunOptions } from '../../src/training/index.ts';
import { runLoop } from '../../src/training/index.ts';

/** A run that counts its steps, and what it hands over. */
async function run(
  steps: number,
  options: Omit<RunOptions, 'seed'> = {},
  change: Partial<LoopBody> & { readonly from?: number; readonly value?: (step: number) => number } = {},
): Promise<{ readonly taken: number; readonly checkpoints: readonly number[] }> {
  const { from = 0, value = () => 1, ...body } = change;
  let taken = from;
  const checkpoints: number[] = [];
  await runLoop(
    {
      steps,
      taken: () => taken,
      step: () => {
        taken += 1;
        return Promise.resolve();
      },
      onFailure: (error) => {
        throw error;
      },
      save: () => Promise.resolve(stateOf(taken, value(taken))),
      ...body,
    },
    { onCheckpoint: ({ step }) => void checkpoints.push(step), ...options },
  );
  return { taken, checkpoints };
}

function stateOf(step: number, value = 1): SavedState {
  return { step, numbers: {}, tensors: { weights: { shape: [2], data: Float32Array.of(1, value) } } };
}

describe('runLoop', () => {
  it('takes all steps, and hands over the state every so many and at the end', async () => {
    expect(await run(7, { checkpointEvery: 3 })).toEqual({ taken: 7, checkpoints: [3, 6, 7] });
  });

  it('hands over the end once, where a checkpoint is due there anyway', async () => {
    expect(await run(6, { checkpointEvery: 3 })).toEqual({ taken: 6, checkpoints: [3, 6] });
  });

  it('hands over the end alone unless told otherwise', async () => {
    expect(await run(3)).toEqual({ taken: 3, checkpoints: [3] });
  });

  it('counts the steps of the whole run after a resume, and does not save what it was given', async () => {
    const resumed = { resumeFrom: stateOf(4), checkpointEvery: 3 };
    expect(await run(8, resumed, { from: 4 })).toEqual({ taken: 8, checkpoints: [6, 8] });
    expect(await run(4, resumed, { from: 4 })).toEqual({ taken: 4, checkpoints: [] });
  });

  it('ends after the step in which it is aborted, with a checkpoint', async () => {
    const controller = new AbortController();
    let taken = 0;
    const ended = await run(
      9,
      { signal: controller.signal },
      {
        taken: () => taken,
        step: () => {
          taken += 1;
          if (taken === 5) controller.abort();
          return Promise.resolve();
        },
        save: () => Promise.resolve(stateOf(taken)),
      },
    );
    expect([taken, ended.checkpoints]).toEqual([5, [5]]);
  });

  it('takes no step when it was aborted before', async () => {
    expect(await run(9, { signal: AbortSignal.abort() })).toEqual({ taken: 0, checkpoints: [0] });
  });

  it('saves nothing where nobody asks', async () => {
    const save = (): Promise<SavedState> => Promise.reject(new Error('asked'));
    let steps = 0;
    await runLoop(
      {
        steps: 2,
        taken: () => steps,
        step: () => {
          steps += 1;
          return Promise.resolve();
        },
        onFailure: () => undefined,
        save,
      },
      { checkpointEvery: 1 },
    );
    expect(steps).toBe(2);
  });

  it('refuses a state with a number that is none, and hands it to nobody', async () => {
    const checkpoints: number[] = [];
    const lost = run(
      9,
      { checkpointEvery: 2, onCheckpoint: ({ step }) => void checkpoints.push(step) },
      { value: (step) => (step >= 4 ? Number.NaN : 1) },
    );
    await expect(lost).rejects.toThrow(SubjectError);
    await expect(lost).rejects.toThrow(/after step 3 .*non-finite-state[\s\S]*weights\[1\] = NaN/);
    expect(checkpoints).toEqual([2]);
  });

  it('passes on what a step throws, and waits for the callbacks', async () => {
    const step = (): Promise<void> => Promise.reject(new Error('no step'));
    await expect(run(3, {}, { step })).rejects.toThrow('no step');
    const onCheckpoint = async (): Promise<void> => {
      await Promise.resolve();
      throw new Error('disk full');
    };
    await expect(run(3, { checkpointEvery: 1, onCheckpoint })).rejects.toThrow('disk full');
  });

  it('goes on after a step that failed, where onFailure returns', async () => {
    const failures: unknown[] = [];
    let tries = 0;
    let taken = 0;
    await run(
      2,
      {},
      {
        taken: () => taken,
        step: () => {
          tries += 1;
          if (tries === 2) return Promise.reject(new Error('once'));
          taken += 1;
          return Promise.resolve();
        },
        onFailure: (error) => void failures.push(error),
        save: () => Promise.resolve(stateOf(taken)),
      },
    );
    expect([tries, taken, failures]).toEqual([3, 2, [new Error('once')]]);
  });
});
