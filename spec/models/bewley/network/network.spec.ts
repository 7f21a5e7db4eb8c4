import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { BewleyTrainerKit } from '../../../../src/models/bewley/index.ts';
import {
  bewleyTrainerKit,
  crossSection,
  firstLayer,
  namedWeights,
  networkShapes,
} from '../../../../src/models/bewley/index.ts';
import { dense } from '../../../../src/nn/dense.ts';
import { unflatten } from '../../../../src/nn/flat.ts';
import { expectClose, onWasm, read } from '../../../nn/on-wasm.ts';
import { AGENTS, anyInputs, anyPolicy, anyWeights, DISTRIBUTIONS, small, WORLDS } from './small.ts';

onWasm();

const kit = bewleyTrainerKit;

/** The first layer on own numbers and what is told, joined row by row: what the split one stands for. */
const joined: BewleyTrainerKit['firstLayer'] = ({ own, told }, weights, [worlds, agents]) => {
  const { kernel, bias } = weights.layer('own');
  const width = told.shape[1];
  const repeated = tf.reshape(tf.tile(tf.reshape(told, [worlds, 1, width]), [1, agents, 1]), [-1, width]);
  return dense(
    tf.concat([own, repeated as tf.Tensor2D], 1),
    tf.concat([kernel, weights.matrix('others.kernel')], 0),
    bias,
  );
};

/** Raw outputs (B, A, 3) of a network of any weights on any numbers. */
function outputs(
  settings: ReturnType<typeof small>,
  by: BewleyTrainerKit,
  flat: tf.Tensor1D = anyWeights(settings),
): tf.Tensor3D {
  const { star } = anyInputs();
  const normalised = tf.randomNormal<tf.Rank.R3>([WORLDS, AGENTS, 4], 0, 1, 'float32', 5);
  const weights = namedWeights(settings, unflatten(flat, networkShapes(settings)));
  return by.network(by, weights, { normalised, star }, settings);
}

describe.each(DISTRIBUTIONS)('the network, told by %s', (distribution) => {
  const settings = small(`network.distribution=${distribution}`);

  it('splits its first layer without changing it: outputs and gradients', async () => {
    const [split = [], whole = [], slope = [], expected = []] = await read(() => {
      const gradient = (by: BewleyTrainerKit): tf.Tensor =>
        tf.grad((flat: tf.Tensor) => tf.sum(tf.square(outputs(settings, by, flat as tf.Tensor1D))))(
          anyWeights(settings),
        );
      const naive = { ...kit, firstLayer: joined };
      return [outputs(settings, kit), outputs(settings, naive), gradient(kit), gradient(naive)];
    });
    expect(split).toHaveLength(WORLDS * AGENTS * 3);
    expectClose(split, whole, 1e-5);
    expectClose(slope, expected, 1e-4);
    expect(slope.filter((value) => value === 0)).toEqual([]);
  });

  it('answers to the taxes, once it has been trained', async () => {
    const [one = [], other = []] = await read(() => [
      outputs(settings, kit),
      outputs(small(`network.distribution=${distribution}`, 'taxes.income.tau=0.5'), kit),
    ]);
    expect(one).not.toEqual(other);
  });
});

describe('the policy', () => {
  /** Agents of each world in another order. */
  const ORDER = [3, 0, 4, 1, 2];
  const shuffled = (x: tf.Tensor): tf.Tensor => {
    const columns = tf.split(x, AGENTS, 1);
    return tf.concat(
      ORDER.flatMap((index) => columns.slice(index, index + 1)),
      1,
    );
  };

  /** Outputs to agents in another order; and outputs, then put in another order: three of each. */
  const both = (settings: ReturnType<typeof small>): Promise<number[][]> =>
    read(() => {
      const ask = anyPolicy(settings);
      const { wealth, ability, star } = anyInputs();
      const of = ({ savingsRatio, labor, marginalReturn }: ReturnType<typeof ask>): tf.Tensor[] => [
        savingsRatio,
        labor,
        marginalReturn,
      ];
      const first = ask({ wealth: shuffled(wealth), ability: shuffled(ability), star: shuffled(star) });
      return [...of(first), ...of(ask({ wealth, ability, star })).map(shuffled)];
    });

  it.each(['moments', 'deep-sets'])(
    'told by %s gives agents in another order the same in that order',
    async (distribution) => {
      const [s = [], n = [], h = [], ...later] = await both(small(`network.distribution=${distribution}`));
      expectClose(s, later[0] ?? [], 2e-6);
      expectClose(n, later[1] ?? [], 2e-6);
      expectClose(h, later[2] ?? [], 2e-6);
      expect(new Set(s).size).toBe(WORLDS * AGENTS);
    },
  );

  it('told who is who, does not', async () => {
    const [s = [], , , later = []] = await both(small('network.distribution=ordered'));
    expect(
      Math.max(...s.map((value, index) => Math.abs(value - (later[index] ?? Number.NaN)))),
    ).toBeGreaterThan(1e-4);
  });

  it.each(DISTRIBUTIONS)(
    'told by %s answers to the wealth of others of its world, and of no other world',
    async (distribution) => {
      const [before = [], after = []] = await read(() => {
        const ask = anyPolicy(small(`network.distribution=${distribution}`));
        const inputs = anyInputs();
        const bump = tf.tensor2d(
          Array.from({ length: WORLDS }, (_, world) => [world === 1 ? 1 : 0, 0, 0, 0, 0]),
        );
        const richer = { ...inputs, wealth: tf.add(inputs.wealth, bump) };
        return [ask(inputs).savingsRatio, ask(richer).savingsRatio];
      });
      const moved = before.map((value, index) => value !== after[index]);
      expect(moved.slice(0, AGENTS)).not.toContain(true);
      expect(moved.slice(AGENTS, 2 * AGENTS)).not.toContain(false);
      expect(moved.slice(2 * AGENTS)).not.toContain(true);
    },
  );

  it('keeps its outputs within their bounds, whatever the weights are', async () => {
    const [s = [], h = [], n = []] = await read(() => {
      const settings = small('network.labor.minimum=0.2', 'network.labor.maximum=0.6');
      const weights = anyWeights(settings, 20);
      const statistics = { mean: tf.zeros([4]), variance: tf.ones([4]) };
      const { savingsRatio, marginalReturn, labor } = kit.policy(
        kit,
        { weights, statistics },
        settings,
      )(anyInputs());
      return [savingsRatio, marginalReturn, labor];
    });
    expect(s.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(h.every((value) => value >= 0)).toBe(true);
    expect(n.every((value) => value >= Math.fround(0.2) - 1e-7 && value <= Math.fround(0.6) + 1e-7)).toBe(
      true,
    );
  });

  it('carries no gradient into statistics, and one into the weights and the wealth', async () => {
    const [inWeights = [], inWealth = [], inMean = []] = await read(() => {
      const settings = small();
      const inputs = anyInputs();
      const variance = tf.ones([4]);
      const made = (weights: tf.Tensor, wealth: tf.Tensor, mean: tf.Tensor): tf.Tensor => {
        const constants = { mean: kit.constant(mean), variance };
        const ask = kit.policy(kit, { weights: weights as tf.Tensor1D, statistics: constants }, settings);
        return tf.sum(tf.square(ask({ ...inputs, wealth }).marginalReturn));
      };
      return tf.grads(made)([anyWeights(settings), inputs.wealth, tf.zeros([4])]);
    });
    expect(inWeights.some((slope) => slope !== 0)).toBe(true);
    expect(inWealth.every((slope) => slope !== 0)).toBe(true);
    expect(inMean).toEqual([0, 0, 0, 0]);
  });

  it('has statistics of its own for each agent where told so', async () => {
    const settings = small('normaliser.scope=per-agent');
    const [same = [], own = []] = await read(() => {
      const ask = (mean: tf.Tensor): tf.Tensor =>
        kit.policy(
          kit,
          { weights: anyWeights(settings), statistics: { mean, variance: tf.ones([AGENTS, 4]) } },
          settings,
        )(anyInputs()).savingsRatio;
      const shift = tf.tensor2d([3, 0, 0, 0, 0].map((by) => [by, 0, 0, 0]));
      return [ask(tf.zeros([AGENTS, 4])), ask(shift)];
    });
    expect(own[0]).not.toBe(same[0]);
  });

  it('refuses inputs that are not of one shape, (B, A)', () => {
    tf.tidy(() => {
      const ask = anyPolicy(small());
      const inputs = anyInputs();
      for (const star of [tf.zeros([WORLDS, 1]), tf.zeros([AGENTS]), tf.zeros([WORLDS, AGENTS, 1])])
        expect(() => ask({ ...inputs, star })).toThrow(/the policy[\s\S]*shape-mismatch[\s\S]*star/);
      expect(() => ask({ wealth: tf.ones([5]), ability: tf.ones([5]), star: tf.ones([5]) })).toThrow(
        'shape-mismatch',
      );
    });
  });

  it.each([['network.distribution=ordered'], ['normaliser.scope=per-agent']])(
    'refuses as many agents as it was not trained with, where it knows them by number: %s',
    (layer) => {
      tf.tidy(() => {
        for (const agents of [1, AGENTS + 1])
          expect(() => anyPolicy(small(layer))(anyInputs(WORLDS, agents))).toThrow(
            new RegExp(`shape-mismatch[\\s\\S]*worlds of ${agents} agents[\\s\\S]*worlds of ${AGENTS}`),
          );
        expect(() => anyPolicy(small())(anyInputs(WORLDS, AGENTS + 1))).not.toThrow();
      });
    },
  );

  it('may be asked about any number of worlds', async () => {
    const [all = [], first = []] = await read(() => {
      const ask = anyPolicy(small());
      const { wealth, ability, star } = anyInputs();
      const one = (x: tf.Tensor): tf.Tensor => tf.slice(x, [0, 0], [1, AGENTS]);
      return [
        ask({ wealth, ability, star }).labor,
        ask({ wealth: one(wealth), ability: one(ability), star: one(star) }).labor,
      ];
    });
    expectClose(first, all.slice(0, AGENTS));
  });
});

describe('what agents are told of one another', () => {
  const observed = () => {
    const levels = [
      [1, 10, 0, 2],
      [3, 30, 0, 4],
    ];
    const other = [
      [5, -1, 1, 0],
      [5, 1, 1, 0],
    ];
    const normalised = tf.tensor3d([levels, other]);
    return { normalised, own: tf.zeros<tf.Rank.R2>([4, 5]) };
  };

  it('by moments: means, variances, and the covariance of wealth and ability', async () => {
    const [told = []] = await read(() => [crossSection(kit, observed(), { distribution: 'moments' })]);
    expectClose(told, [2, 20, 0, 3, 1, 100, 0, 1, 10, 5, 0, 1, 0, 0, 1, 0, 0, 0]);
  });

  it('by the order: wealth and ability of each, over their number', async () => {
    const [told = []] = await read(() => [crossSection(kit, observed(), { distribution: 'ordered' })]);
    expectClose(told, [0.25, 2.5, 0.75, 7.5, 1.25, -0.25, 1.25, 0.25]);
  });

  it('reaches the agents of its own world through the first layer', async () => {
    const [sums = []] = await read(() => {
      const settings = small();
      const weights = namedWeights(settings, unflatten(anyWeights(settings), networkShapes(settings)));
      const told = tf.concat2d([tf.zeros([1, 9]), tf.ones([1, 9])], 0);
      return [firstLayer({ own: tf.zeros([4, 5]), told }, weights, [2, 2])];
    });
    const rows = [0, 1, 2, 3].map((row) => sums.slice(6 * row, 6 * row + 6));
    expect(rows[0]).toEqual(rows[1]);
    expect(rows[2]).toEqual(rows[3]);
    expect(rows[0]).not.toEqual(rows[2]);
  });
});
