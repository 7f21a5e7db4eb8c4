import type * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { BewleyConfiguration, BewleyTrainerKit } from '../../../src/models/bewley/index.ts';
import { bewleyTrainerKit, drawAgents } from '../../../src/models/bewley/index.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import type { BewleyObservation } from '../../../src/training/index.ts';
import { recordReads, trainBewley } from '../../../src/training/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { DISTRIBUTIONS } from '../../models/bewley/network/small.ts';
import { tiny } from './small.ts';

onWasm();

const kit = bewleyTrainerKit;
const train = (configuration: BewleyConfiguration, seed: number | string = 1) =>
  trainBewley({ kit, configuration, seed, maximumSteps: 12, logEvery: 1 });

/** What a run of `maximumSteps` shows of each step. */
async function observe<T>(
  configuration: BewleyConfiguration,
  maximumSteps: number,
  look: (observation: BewleyObservation) => T | Promise<T>,
  by: BewleyTrainerKit = kit,
): Promise<T[]> {
  const seen: T[] = [];
  const onStep = async (observation: BewleyObservation): Promise<void> => {
    seen.push(await look(observation));
  };
  await trainBewley({ kit: by, configuration, seed: 1, maximumSteps, onStep });
  return seen;
}

const numbers = async (tensor: tf.Tensor): Promise<number[]> => [...(await tensor.data())];

describe('trainBewley', () => {
  it.each(DISTRIBUTIONS)(
    'gives the same bits for the same seed, and others for another: %s',
    async (distribution) => {
      const configuration = tiny(`network.distribution=${distribution}`);
      const [first, again, other] = [
        await train(configuration),
        await train(configuration),
        await train(configuration, 2),
      ];
      expect(again).toEqual(first);
      expect(other.weights).not.toEqual(first.weights);
    },
  );

  it('takes as many steps as are configured, or as are allowed', async () => {
    const full = await trainBewley({ kit, configuration: tiny('steps=5'), seed: 1 });
    const cut = await trainBewley({ kit, configuration: tiny(), seed: 1, maximumSteps: 3 });
    expect([full.steps, full.isComplete, cut.steps, cut.isComplete]).toEqual([5, true, 3, true]);
  });

  it('logs the first step, every so many, and the last', async () => {
    const told: number[] = [];
    const { log } = await trainBewley({
      kit,
      configuration: tiny(),
      seed: 1,
      maximumSteps: 8,
      logEvery: 3,
      onLog: ({ step }) => void told.push(step),
    });
    expect(log.map(({ step }) => step)).toEqual([0, 3, 6, 7]);
    expect(told).toEqual([0, 3, 6, 7]);
  });

  it.each([
    ['moments', 'normaliser.scope=per-agent'],
    ['deep-sets', 'batch.worldsPerPass=2'],
    ['ordered', 'redraw.unit=agents'],
  ])('holds as many tensors after every step: %s, %s', async (distribution, layer) => {
    const configuration = tiny(`network.distribution=${distribution}`, layer);
    const memory = await observe(configuration, 12, (observation) => observation.memory);
    expect(memory).toHaveLength(12);
    expect(new Set(memory.map(({ tensors, bytes }) => `${tensors}, ${bytes}`)).size).toBe(1);
  });

  it('warms its normaliser up with worlds that are new, and lets every batch in', async () => {
    const counts = await observe(tiny(), 3, ({ statistics }) => statistics.count);
    expect(counts).toEqual([4, 5, 6]);
    const fresh = await trainBewley({
      kit,
      configuration: tiny('normaliser.warmUp=0'),
      seed: 1,
      maximumSteps: 2,
    });
    expect(fresh.normaliser?.count).toBe(2);
  });

  it('goes on from the boundary of one of the two branches, savings as wealth, but for what is drawn afresh', async () => {
    const steps = await observe(tiny('redraw.share=0', 'redraw.finalShare=0'), 12, async (observation) => ({
      batch: observation.batch,
      committed: observation.committed,
      savings: Float32Array.from(await numbers(observation.savings)),
    }));
    const chosen = steps.map(({ batch, committed, savings }, index) => {
      expect(committed.wealth).toEqual(savings);
      if (index > 0) expect(batch.worlds).toBe(steps[index - 1]?.committed);
      const { a, b } = batch.branches;
      expect(a.ability).not.toEqual(b.ability);
      const branch = committed.exogenous.ability === a.ability ? a : b;
      expect(committed.exogenous).toEqual(branch);
      return branch === a ? 'a' : 'b';
    });
    // Twelve fair coins that all fall alike have a chance of 5e-4; the seed is fixed.
    expect(new Set(chosen).size).toBe(2);
  });

  it('draws worlds afresh after a step, at the share that is configured', async () => {
    const steps = await observe(tiny('redraw.share=1', 'redraw.finalShare=1'), 2, async (observation) => ({
      committed: observation.committed,
      savings: Float32Array.from(await numbers(observation.savings)),
    }));
    for (const { committed, savings } of steps)
      expect(committed.wealth.some((owned, agent) => owned === savings[agent])).toBe(false);
  });

  it('shows weights, moments and gradient that belong together', async () => {
    const steps = await observe(tiny('optimiser.clipNorm=1e-3'), 3, async (observation) => ({
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
    two?.first.forEach((moment, index) => {
      expect(moment).toBeCloseTo((two.gradient[index] ?? 0) * 0.1 + (one?.first[index] ?? 0) * 0.9, 9);
    });
    for (const { gradient, norm } of steps)
      expect(Math.hypot(...gradient)).toBeCloseTo(Math.min(norm, 1e-3), 7);
  });

  it('anneals over the whole run, not over the steps that it is allowed', async () => {
    const rates = await observe(
      tiny('steps=10', 'optimiser.learningRate=1e-3'),
      6,
      ({ learningRate }) => learningRate,
    );
    expect(rates[0]).toBe(1e-3);
    // Half way through 10 steps.
    expect(rates[5]).toBeCloseTo((1e-3 + 1e-5) / 2, 9);
  });

  it('reads every key of the configuration, where each can matter', async () => {
    const settings = tiny(
      'network.distribution=deep-sets',
      'normaliser.scope=per-agent',
      'batch.worldsPerPass=2',
      'ability.truncation=2',
      'ability.star.become=0.3',
    );
    const record = recordReads(settings);
    await trainBewley({
      kit: { ...kit, readConfiguration: () => record.configuration },
      configuration: settings,
      seed: 1,
      maximumSteps: 3,
    });
    const unread = record.declared.filter((key) => !record.read().includes(key));
    expect(unread).toEqual([]);
  });

  it('begins with worlds of its kit', async () => {
    const owned: number[] = [];
    const by: BewleyTrainerKit = {
      ...kit,
      drawAgents: (...task) => {
        const drawn = drawAgents(...task);
        return { ...drawn, wealth: drawn.wealth.map(() => 3) };
      },
    };
    await observe(tiny(), 1, ({ batch }) => void owned.push(...batch.worlds.wealth), by);
    expect(new Set(owned)).toEqual(new Set([3]));
    expect(drawAgents(kit, tiny(), 24, streamOf(1)).wealth).not.toEqual(Float32Array.from(owned));
  });

  it('keeps no tensor when it is aborted, and saves where it stood', async () => {
    const controller = new AbortController();
    const saved: number[] = [];
    const run = await trainBewley({
      kit,
      configuration: tiny(),
      seed: 1,
      signal: controller.signal,
      onStep: ({ step }) => {
        if (step === 4) controller.abort();
      },
      onCheckpoint: ({ step }) => void saved.push(step),
    });
    expect([run.steps, run.isComplete, saved]).toEqual([5, false, [5]]);
  });

  it.each(['onStep', 'onLog', 'onCheckpoint'] as const)(
    'keeps no tensor when %s throws',
    async (callback) => {
      const seenEnough = (): never => {
        throw new Error('seen enough');
      };
      const run = trainBewley({
        kit,
        configuration: tiny(),
        seed: 1,
        maximumSteps: 3,
        checkpointEvery: 1,
        [callback]: seenEnough,
      });
      await expect(run).rejects.toThrow('seen enough');
    },
  );

  it.each([
    ['features', 2],
    ['features', 6],
    ['network', 0],
    ['crossSection', 1],
    ['drawAgents', 2],
    ['drawBranches', 1],
    ['commit', 0],
    ['commit', 1],
    ['clipGradient', 0],
    ['updateWeights', 1],
    ['commitExogenous', 1],
    ['redrawWorlds', 0],
    ['aggregates', 0],
    ['chooseBranch', 1],
  ] as const)('keeps no tensor when %s of its kit throws, after %i calls', async (name, after) => {
    let calls = 0;
    const original = kit[name] as (...task: unknown[]) => unknown;
    const breaking = (...task: unknown[]): unknown => {
      calls += 1;
      if (calls > after) throw new Error(`${name} broke`);
      return original(...task);
    };
    const run = trainBewley({
      kit: { ...kit, [name]: breaking },
      configuration: tiny('batch.worldsPerPass=2'),
      seed: 1,
      maximumSteps: 3,
      logEvery: 1,
    });
    await expect(run).rejects.toThrow(`${name} broke`);
  });
});
