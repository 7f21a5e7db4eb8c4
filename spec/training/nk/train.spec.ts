import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { SubjectError } from '../../../src/errors.ts';
import type { NkKit, NkProcedure } from '../../../src/models/nk/index.ts';
import { NK_PROCEDURES, nkKit } from '../../../src/models/nk/index.ts';
import type { NkObservation } from '../../../src/training/index.ts';
import { recordReads, trainNk } from '../../../src/training/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { tiny } from './small.ts';

onWasm();

const train = (kit: NkKit, settings: Record<string, unknown> = {}, seed: number | string = 1) =>
  trainNk({ kit, configuration: tiny(settings), seed });

/** What a run of `maximumSteps` shows of each step. */
async function observe<T>(
  settings: Record<string, unknown>,
  maximumSteps: number,
  look: (observation: NkObservation) => T | Promise<T>,
  kit: NkKit = nkKit,
): Promise<T[]> {
  const seen: T[] = [];
  const onStep = async (observation: NkObservation): Promise<void> => {
    seen.push(await look(observation));
  };
  await trainNk({ kit, configuration: tiny(settings), seed: 1, maximumSteps, onStep });
  return seen;
}

const numbers = async (tensor: tf.Tensor): Promise<number[]> => [...(await tensor.data())];

describe('trainNk', () => {
  it('gives the same bits for the same seed, and others for another', async () => {
    const [first, again, other] = [await train(nkKit), await train(nkKit), await train(nkKit, {}, 2)];
    expect(again.weights).toEqual(first.weights);
    expect(again.log).toEqual(first.log);
    expect(other.weights).not.toEqual(first.weights);
  });

  it.each(Object.keys(NK_PROCEDURES) as (keyof typeof NK_PROCEDURES)[])(
    'holds as many tensors after 2k steps of %s as after k',
    async (name) => {
      const procedure: NkProcedure = NK_PROCEDURES[name];
      const memory = await observe({ procedure }, 24, (observation) => observation.memory);
      expect(memory).toHaveLength(24);
      expect(new Set(memory.map(({ tensors, bytes }) => `${tensors}, ${bytes}`)).size).toBe(1);
    },
  );

  it('takes as many steps as are configured, or as are allowed', async () => {
    const full = await train(nkKit, { iterations: 3, procedure: { gradientSteps: 4 } });
    const cut = await trainNk({ kit: nkKit, configuration: tiny(), seed: 1, maximumSteps: 7 });
    expect([full.steps, cut.steps]).toEqual([12, 7]);
  });

  it('logs the first step, every so many, and the last', async () => {
    const { log } = await trainNk({
      kit: nkKit,
      configuration: tiny(),
      seed: 1,
      maximumSteps: 12,
      logEvery: 5,
    });
    expect(log.map(({ step, iteration }) => [step, iteration])).toEqual([
      [0, 0],
      [5, 1],
      [10, 2],
      [11, 2],
    ]);
  });

  it('feeds the loss the world that it holds', async () => {
    const generations = await observe({ procedure: { gradientSteps: 2 } }, 6, ({ batch, live }) => [
      batch.generation,
      live.generation,
      Number(batch.zeta === live.zeta && batch.parameters === live.parameters),
    ]);
    expect(generations).toEqual([
      [0, 0, 1],
      [0, 0, 1],
      [1, 1, 1],
      [1, 1, 1],
      [2, 2, 1],
      [2, 2, 1],
    ]);
  });

  it('shows weights, moments and gradient that belong together', async () => {
    const steps = await observe({ optimiser: { clipNorm: 1e-3 } }, 3, async (observation) => ({
      first: await numbers(observation.firstMoment),
      gradient: await numbers(observation.gradient),
      norm: (await numbers(observation.gradientNorm))[0] ?? Number.NaN,
      weights: await numbers(observation.weights),
      change: (await numbers(observation.weightChange))[0] ?? Number.NaN,
    }));
    const [one, two] = steps;
    const moved = Math.hypot(
      ...(two?.weights ?? []).map((weight, index) => weight - (one?.weights[index] ?? NaN)),
    );
    expect(two?.change).toBeCloseTo(moved / Math.sqrt(two?.weights.length ?? NaN), 7);
    const [index, value] = [3, (two?.gradient[3] ?? 0) * 0.1 + (one?.first[3] ?? 0) * 0.9];
    expect(two?.first[index]).toBeCloseTo(value, 9);
    for (const { gradient, norm } of steps) {
      const length = Math.hypot(...gradient);
      expect(length).toBeCloseTo(Math.min(norm, 1e-3), 7);
    }
  });

  it('anneals over the whole run, not over the steps that it is allowed', async () => {
    const rates = await observe({ iterations: 2 }, 6, ({ learningRate }) => learningRate);
    // Half way through 10 steps.
    expect(rates[0]).toBe(1e-3);
    expect(rates[5]).toBeCloseTo(5e-4, 9);
  });

  it.each([NK_PROCEDURES.ergodic, NK_PROCEDURES.simulated])(
    'reads every key of the configuration',
    async (procedure) => {
      const record = recordReads(tiny({ procedure }));
      const kit: NkKit = { ...nkKit, readConfiguration: () => record.configuration };
      await trainNk({ kit, configuration: tiny(), seed: 1, maximumSteps: 7 });
      expect(record.read()).toEqual(record.declared);
    },
  );

  it('stops at a loss that is not finite, and names the step', async () => {
    const kit: NkKit = {
      ...nkKit,
      combine: (residuals, settings) => {
        const loss = nkKit.combine(residuals, settings);
        return { ...loss, total: tf.mul(loss.total, Number.NaN) };
      },
    };
    await expect(train(kit)).rejects.toThrow(SubjectError);
    await expect(train(kit)).rejects.toThrow(/gradient step 0 is not finite.*non-finite-loss/);
  });

  it('keeps no tensor when an observer throws', async () => {
    await expect(
      observe({}, 3, () => {
        throw new Error('seen enough');
      }),
    ).rejects.toThrow('seen enough');
  });
});
