import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { BewleyConfiguration, BewleyTrainerKit } from '../../../src/models/bewley/index.ts';
import { bewleyTrainerKit, passSize, trainingLoss } from '../../../src/models/bewley/index.ts';
import { freshMoments } from '../../../src/nn/adam.ts';
import { streamOf, uniforms } from '../../../src/numerics/stream.ts';
import type { BewleyBatch } from '../../../src/training/bewley/batch.ts';
import { batchTensors } from '../../../src/training/bewley/batch.ts';
import { bewleyGradient, lossPoints } from '../../../src/training/bewley/gradient.ts';
import type { BewleyStepTensors } from '../../../src/training/bewley/step.ts';
import { bewleyStep, observe } from '../../../src/training/bewley/step.ts';
import { anyWeights, DISTRIBUTIONS } from '../../models/bewley/network/small.ts';
import { expectClose, onWasm, read } from '../../nn/on-wasm.ts';
import { tiny } from './small.ts';

onWasm();

const kit = bewleyTrainerKit;

function batchOf(configuration: BewleyConfiguration): BewleyBatch {
  const { worlds, agents } = configuration.batch;
  const drawn = kit.drawAgents(kit, configuration, worlds * agents, streamOf('worlds'));
  return {
    worlds: drawn,
    branches: kit.drawBranches(kit, configuration, drawn.exogenous, streamOf('shocks')),
  };
}

/** A gradient step from any weights; the surrounding scope owns it. */
function step(configuration: BewleyConfiguration): BewleyStepTensors {
  const weights = anyWeights(configuration, 0.3);
  const batch = batchOf(configuration);
  const statistics = observe(kit, configuration, batch.worlds, undefined);
  const moments = freshMoments(weights.size);
  return bewleyStep(kit, { configuration, weights, moments, batch, statistics, learningRate: 1e-3 });
}

describe('a gradient that is taken in passes', () => {
  it.each(DISTRIBUTIONS)('is that of all worlds at once, roundings aside: %s', async (distribution) => {
    const names = Object.keys(await shapesOf(tiny())) as (keyof BewleyStepTensors)[];
    const of = (worldsPerPass: number): Promise<number[][]> =>
      read(() => {
        const layers = [`network.distribution=${distribution}`, `batch.worldsPerPass=${worldsPerPass}`];
        const made = step(tiny(...layers, 'optimiser.clipNorm=1e9'));
        return names.map((name) => made[name]);
      });
    const whole = await of(4);
    for (const worldsPerPass of [1, 2]) {
      const parts = await of(worldsPerPass);
      names.forEach((name, index) => {
        // Where a gradient is rounding alone, AdamW takes a whole step all the same.
        if (name === 'weights') return;
        const expected = whole[index] ?? [];
        // Sums of 24 numbers in another order, in units of the largest of them.
        const scale = Math.max(1e-30, ...expected.map(Math.abs));
        const relative = (values: readonly number[]): number[] => values.map((value) => value / scale);
        expectClose(relative(parts[index] ?? []), relative(expected), 2e-5);
      });
    }
  });

  it('has the shapes that are documented, whatever the passes', async () => {
    const expected = await shapesOf(tiny());
    expect(expected).toMatchObject({
      total: [],
      euler: [],
      consumption: [4, 6],
      committedB: [4, 6],
      normalised: [4, 6, 4],
      wage: [4, 1],
      gradientNorm: [],
      weightChange: [],
    });
    expect(await shapesOf(tiny('batch.worldsPerPass=2'))).toEqual(expected);
  });
});

function shapesOf(configuration: BewleyConfiguration): Promise<Record<string, number[]>> {
  const shapes: Record<string, number[]> = {};
  tf.tidy(() => {
    for (const [name, { shape }] of Object.entries<tf.Tensor>(step(configuration))) shapes[name] = shape;
  });
  return Promise.resolve(shapes);
}

/** Loss of weights as a function, in a batch of worlds that stays the same. */
function lossAt(
  configuration: BewleyConfiguration,
  by: BewleyTrainerKit = kit,
): {
  readonly loss: (weights: tf.Tensor1D) => tf.Scalar;
  readonly gradient: (weights: tf.Tensor1D) => tf.Tensor1D;
} {
  const batch = batchOf(configuration);
  const { worlds, agents } = configuration.batch;
  const { mean, variance } = observe(kit, configuration, batch.worlds, undefined);
  const inputs = { ...batchTensors(batch, { first: 0, count: worlds, agents }), mean, variance };
  return {
    loss: (weights) => trainingLoss(by, weights, lossPoints(inputs), configuration).loss.total,
    gradient: (weights) => bewleyGradient(by, configuration)({ weights, ...inputs }).gradient,
  };
}

/** Slopes of the loss along directions of every weight, by the gradient and by central differences. */
async function slopes(configuration: BewleyConfiguration): Promise<readonly (readonly [number, number])[]> {
  const distance = 2e-3;
  return Promise.all(
    ['one', 'two', 'three'].map(async (label) => {
      const [[slope = Number.NaN] = [], [above = Number.NaN] = [], [below = Number.NaN] = []] = await read(
        () => {
          const { loss, gradient } = lossAt(configuration);
          const weights = anyWeights(configuration, 0.3);
          const signs = Float32Array.from(uniforms(streamOf(label), weights.size), (u) => (u < 0.5 ? -1 : 1));
          const direction = tf.tensor1d(signs);
          const moved = (by: number): tf.Tensor1D => tf.add(weights, tf.mul(direction, by));
          return [
            tf.sum(tf.mul(gradient(weights), direction)),
            loss(moved(distance)),
            loss(moved(-distance)),
          ];
        },
      );
      return [slope, (above - below) / (2 * distance)] as const;
    }),
  );
}

describe('the gradient of the training loss', () => {
  /*
   * Without the labour condition, which is differentiated at given consumption, the gradient is that of the loss: a
   * central difference over 2e-3 misses it by the roundings of a loss of the order of 10, some 1e-6 each over 4e-3, and by
   * its third derivative.
   */
  it.each(DISTRIBUTIONS)('is the slope of complementarity and Euler residuals: %s', async (distribution) => {
    const configuration = tiny(`network.distribution=${distribution}`, 'flat', 'loss.weights.labor=0');
    for (const [slope, difference] of await slopes(configuration)) {
      expect(Math.abs(slope - difference)).toBeLessThan(1e-3 * Math.abs(difference) + 3e-3);
      expect(Math.abs(difference)).toBeGreaterThan(0.1);
    }
  });

  it('of the labour condition moves hours, not consumption', async () => {
    const settings = tiny(
      'flat',
      'loss.weights.complementarity=0',
      'loss.weights.euler=0',
      'network.blocks=0',
    );
    // The last three weights are the biases of the outputs: savings ratio, marginal return, labour.
    const [gradient = []] = await read(() => [lossAt(settings).gradient(anyWeights(settings, 0.3))]);
    const [savings, marginalReturn, labor] = gradient.slice(-3);
    expect(savings).toBe(0);
    expect(marginalReturn).toBe(0);
    expect(Math.abs(labor ?? 0)).toBeGreaterThan(1e-3);
  });

  it('reaches savings through both economies that they lead to', async () => {
    const settings = tiny(
      'flat',
      'loss.weights.complementarity=0',
      'loss.weights.labor=0',
      'network.blocks=0',
    );
    const cut: BewleyTrainerKit = {
      ...kit,
      lookAhead: (by, today, draws, policy, terms) =>
        kit.lookAhead(by, { ...today, savings: kit.constant(today.savings) }, draws, policy, terms),
    };
    const [through = [], without = []] = await read(() => {
      const weights = anyWeights(settings, 0.3);
      return [lossAt(settings).gradient(weights), lossAt(settings, cut).gradient(weights)];
    });
    const [savings = Number.NaN, stopped = Number.NaN] = [through.at(-3), without.at(-3)];
    expect(Math.abs(savings - stopped)).toBeGreaterThan(1e-3);
  });

  it('leaves what it was given as it was, and alive', async () => {
    const configuration = tiny();
    const [before = [], after = []] = await read(() => {
      const weights = anyWeights(configuration);
      const first = tf.clone(weights);
      lossAt(configuration).gradient(weights);
      return [first, weights];
    });
    expect(after).toEqual(before);
  });
});

describe('passSize', () => {
  const worldsOf = (...layers: readonly string[]): number => passSize(tiny(...layers).batch);

  it('is what is configured, or as many worlds as have 4,096 agents, a divisor of all', () => {
    expect(worldsOf('batch.worldsPerPass=2')).toBe(2);
    expect(worldsOf('batch.worlds=64', 'batch.agents=800')).toBe(4);
    expect(worldsOf('batch.worlds=64', 'batch.agents=64')).toBe(64);
    expect(worldsOf('batch.worlds=7', 'batch.agents=1000')).toBe(1);
    expect(worldsOf('batch.worlds=2', 'batch.agents=5000')).toBe(1);
  });
});
