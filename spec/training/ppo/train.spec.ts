import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Environment, PpoKit } from '../../../src/models/ppo/index.ts';
import { ppoKit } from '../../../src/models/ppo/index.ts';
import type { PpoUpdate } from '../../../src/training/index.ts';
import { recordReads } from '../../../src/training/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { configuredIn, STATEFUL, tiny, train, twoParts } from './small.ts';

onWasm();

/** What a run shows of each update. */
async function updatesOf(
  settings: Record<string, unknown> = {},
  environment?: Environment,
): Promise<readonly PpoUpdate[]> {
  const updates: PpoUpdate[] = [];
  await train(tiny(settings), {
    onUpdate: (update) => void updates.push(update),
    ...(environment === undefined ? {} : { environment }),
  });
  return updates;
}

describe('trainPpo', () => {
  it.each([
    ['discrete', STATEFUL],
    ['continuous', { ...STATEFUL, environment: { name: 'linear-quadratic', timeLimit: 5 } }],
    [
      'shared, rewards scaled',
      { ...STATEFUL, network: { hidden: [4], shared: true }, returns: { normalisation: 'running' } },
    ],
  ])('gives the same bits for the same seed, and others for another: %s', async (_, settings) => {
    const [first, again, other] = [
      await train(tiny(settings)),
      await train(tiny(settings)),
      await train(tiny(settings), { seed: 2 }),
    ];
    expect(again).toEqual(first);
    expect(other.weights).not.toEqual(first.weights);
    expect(first.weights.every(Number.isFinite)).toBe(true);
  });

  it('takes whole updates: no more than are configured, and up to the next one of those that are allowed', async () => {
    const stepsOf = async (settings: Record<string, unknown>, maximumSteps?: number) => {
      const run = await train(tiny(settings), maximumSteps === undefined ? {} : { maximumSteps });
      return [run.steps, run.log.length, run.isComplete];
    };
    expect(await stepsOf({ steps: 23 })).toEqual([18, 3, true]);
    expect(await stepsOf({}, 7)).toEqual([12, 2, true]);
    expect(await stepsOf({}, 12)).toEqual([12, 2, true]);
    expect(await stepsOf({ steps: 12 }, 1000)).toEqual([12, 2, true]);
  });

  it('holds as many tensors at every gradient step of an update as at that of any other', async () => {
    for (const shared of [false, true]) {
      const memory: string[] = [];
      const configuration = tiny({ ...STATEFUL, network: { hidden: [4], shared } });
      await train(configuration, {
        onGradientStep: ({ memory: { tensors, bytes } }) => void memory.push(`${tensors}, ${bytes}`),
      });
      expect(memory).toHaveLength(10 * 4);
      const perUpdate = Array.from({ length: 10 }, (_, update) => memory.slice(4 * update, 4 * update + 4));
      for (const update of perUpdate) expect(update).toEqual(perUpdate[0]);
    }
  });

  it('anneals the rate from update to update, and reaches the last one after the last', async () => {
    const optimiser = { learningRate: 1, finalLearningRate: 0.5 };
    const updates = await updatesOf({ optimiser, steps: 24 });
    expect(updates.map(({ learningRate }) => learningRate)).toEqual([1, 0.875, 0.75, 0.625]);
  });

  it('ends an update after the epoch whose divergence is beyond the target', async () => {
    const settings = { epochs: 5, optimiser: { learningRate: 0.05 } };
    const free = await updatesOf(settings);
    const epochs = free.map((update) => update.epochs.length);
    expect(new Set(epochs)).toEqual(new Set([5]));
    const target = 1e-3;
    const held = await updatesOf({ ...settings, targetKl: target });
    expect(Math.min(...held.map((update) => update.epochs.length))).toBeLessThan(5);
    for (const { epochs: taken } of held) {
      const divergences = taken.map((steps) => steps.reduce((sum, { k3 }) => sum + k3 / steps.length, 0));
      expect(divergences.slice(0, -1).every((divergence) => divergence <= target)).toBe(true);
      if (taken.length < 5) expect(divergences.at(-1)).toBeGreaterThan(target);
    }
  });

  it('begins every update with ratio 1: what was stored is what is evaluated', async () => {
    for (const environment of [{ name: 'cart-pole' }, { name: 'linear-quadratic' }]) {
      const updates = await updatesOf({ ...STATEFUL, environment, optimiser: { learningRate: 0.05 } });
      for (const { epochs } of updates) {
        const first = epochs[0]?.[0];
        expect(first?.ratioDeviation).toBeLessThan(2e-5);
        expect(first?.clipFraction).toBe(0);
      }
    }
  });

  it('refuses a weight of a component that there is not, before any tensor is made', async () => {
    const configuration = tiny({ rewardWeights: { first: 2, third: 1 } });
    await expect(train(configuration, { environment: twoParts })).rejects.toThrow(
      /two-parts[\s\S]*reward-unknown[\s\S]*rewardWeights\.third[\s\S]*first, second/,
    );
  });

  it('refuses shaping where there is no potential', async () => {
    await expect(train(tiny({ shaping: 1 }), { environment: twoParts })).rejects.toThrow(
      /two-parts[\s\S]*shaping-without-potential/,
    );
  });

  it('reads every key of its configuration', async () => {
    const environment = { ...(await configuredIn(tiny())), potential: () => 1 };
    const settings = { shaping: 0.5, targetKl: 1, rewardWeights: { shaping: 2 } };
    const record = recordReads(tiny(settings));
    await train(record.configuration, { environment, maximumSteps: 6 });
    // What the environment is made of was read where it was made.
    const unread = record.declared.filter((key) => !record.read().includes(key));
    expect(unread.filter((key) => !key.startsWith('environment.'))).toEqual([]);
  });

  it('ends after the update in which it is told to, with a checkpoint', async () => {
    const controller = new AbortController();
    const saved: number[] = [];
    const run = await train(tiny(), {
      signal: controller.signal,
      onUpdate: ({ step }) => {
        if (step === 12) controller.abort();
      },
      onCheckpoint: ({ step }) => void saved.push(step),
    });
    expect([run.steps, run.isComplete, saved]).toEqual([18, false, [18]]);
  });
});

describe('a run that throws leaves no tensor', () => {
  const throwing = (): never => {
    throw new Error('on purpose');
  };
  const second = <Args extends readonly unknown[], Result>(of: (...args: Args) => Result) => {
    let calls = 0;
    return (...args: Args): Result => (++calls > 2 ? throwing() : of(...args));
  };

  const faulty: Partial<Record<string, (kit: PpoKit) => Partial<PpoKit>>> = {
    network: (kit) => ({ network: second(kit.network) }),
    logProbability: (kit) => ({ logProbability: second(kit.logProbability) }),
    valueLoss: (kit) => ({ valueLoss: second(kit.valueLoss) }),
    clipGradient: (kit) => ({ clipGradient: second(kit.clipGradient) }),
    updateWeights: (kit) => ({ updateWeights: second(kit.updateWeights) }),
    sampleAction: (kit) => ({ sampleAction: second(kit.sampleAction) }),
    advantages: (kit) => ({ advantages: second(kit.advantages) }),
    rescaleHead: (kit) => ({ rescaleHead: second(kit.rescaleHead) }),
    minibatches: (kit) => ({ minibatches: second(kit.minibatches) }),
    rowsOf: (kit) => ({ rowsOf: second(kit.rowsOf) }),
    endsUpdate: (kit) => ({ endsUpdate: second(kit.endsUpdate) }),
    saveState: () => ({ saveState: throwing }),
    'a loss that is no number': (kit) => ({
      withEntropy: (policy, entropy, weight) => tf.mul(kit.withEntropy(policy, entropy, weight), Number.NaN),
    }),
  };

  it.each(Object.entries(faulty))('%s', async (name, change) => {
    for (const shared of [false, true]) {
      const configuration = tiny({ ...STATEFUL, network: { hidden: [4], shared } });
      const kit = { ...ppoKit, ...change?.(ppoKit) };
      const run = train(configuration, { kit, onCheckpoint: () => undefined });
      await expect(run).rejects.toThrow(name.startsWith('a loss') ? /non-finite-loss/ : /on purpose/);
    }
  });

  it('a gradient of another tape', async () => {
    // A derivative that throws, after the loss was taken.
    const kit: PpoKit = {
      ...ppoKit,
      policyLoss: (input, clip) => {
        const loss = ppoKit.policyLoss(input, clip);
        return tf.customGrad((x) => ({ value: tf.clone(x as tf.Scalar), gradFunc: throwing }))(loss);
      },
    };
    await expect(train(tiny(), { kit })).rejects.toThrow(/on purpose/);
  });

  it.each(['onGradientStep', 'onUpdate', 'onLog', 'onCheckpoint'] as const)('%s', async (callback) => {
    await expect(train(tiny(STATEFUL), { [callback]: throwing })).rejects.toThrow(/on purpose/);
  });

  it('names the gradient step, counted over the run, and the update', async () => {
    let losses = 0;
    const kit: PpoKit = {
      ...ppoKit,
      withEntropy: (policy, entropy, weight) => {
        losses += 1;
        const loss = ppoKit.withEntropy(policy, entropy, weight);
        return losses === 8 ? tf.mul(loss, Infinity) : loss;
      },
    };
    // Four gradient steps an update: the eighth is number 7, in the second epoch after 6 environment steps.
    await expect(train(tiny(), { kit })).rejects.toThrow(
      /loss of gradient step 7 is not finite[\s\S]*epoch 1 of the update after 6 environment steps/,
    );
  });
});
