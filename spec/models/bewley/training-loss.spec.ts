import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { BewleyLossPoints } from '../../../src/models/bewley/index.ts';
import { bewleyTrainerKit, trainingLoss } from '../../../src/models/bewley/index.ts';
import { onWasm, read } from '../../nn/on-wasm.ts';
import { anyInputs, anyWeights, small } from './network/small.ts';

onWasm();

const kit = bewleyTrainerKit;

/** A state, two draws of what comes after it, and statistics. */
function points(): BewleyLossPoints {
  const { wealth, ability, star } = anyInputs();
  const draw = (factor: number) => ({ ability: tf.mul(ability, factor), star: tf.sub(1, star) });
  const statistics = { mean: tf.fill([4], 0.5), variance: tf.fill([4], 2) };
  return { state: { wealth: tf.add(wealth, 0.1), ability, star }, a: draw(0.9), b: draw(1.2), statistics };
}

describe('trainingLoss', () => {
  it('carries no gradient into the state, the draws and the statistics', async () => {
    const settings = small('flat');
    const slopes = await read(() => {
      const { state, a, b, statistics } = points();
      const weights = anyWeights(settings);
      const loss = (...given: tf.Tensor[]): tf.Tensor => {
        const [wealth = state.wealth, ability = a.ability, star = b.star, mean = statistics.mean] = given;
        const moved = {
          state: { ...state, wealth },
          a: { ...a, ability },
          b: { ...b, star },
          statistics: { ...statistics, mean },
        };
        return trainingLoss(kit, weights, moved, settings).loss.total;
      };
      return tf.grads(loss)([state.wealth, a.ability, b.star, statistics.mean]);
    });
    expect(slopes.flat().every((slope) => slope === 0)).toBe(true);
    expect(slopes.map(({ length }) => length)).toEqual([15, 15, 15, 4]);
  });

  it('lets all agents act today and in both economies that the draws lead to', async () => {
    const settings = small('flat');
    const [savings, wealthA, wealthB, abilityB, drawnB, laborA, laborB] = await read(() => {
      const at = points();
      const { today, ahead } = trainingLoss(kit, anyWeights(settings), at, settings);
      const { a, b } = ahead;
      return [
        today.savings,
        a.period.state.wealth,
        b.period.state.wealth,
        b.period.state.ability,
        at.b.ability,
        a.period.controls.labor,
        b.period.controls.labor,
      ];
    });
    expect(wealthA).toEqual(savings);
    expect(wealthB).toEqual(savings);
    expect(abilityB).toEqual(drawnB);
    expect(laborA).not.toEqual(laborB);
  });

  it('takes the bounds of labour that are configured', async () => {
    const [labor = []] = await read(() => {
      const settings = small('flat', 'network.labor.minimum=0.4', 'network.labor.maximum=0.5');
      return [trainingLoss(kit, anyWeights(settings), points(), settings).today.controls.labor];
    });
    expect(labor.every((hours) => hours > 0.4 && hours < 0.5)).toBe(true);
  });

  it('refuses draws of other agents', () => {
    const settings = small('flat');
    tf.tidy(() => {
      const at = points();
      const ability = tf.ones([3, 1]);
      expect(() =>
        trainingLoss(kit, anyWeights(settings), { ...at, b: { ...at.b, ability } }, settings),
      ).toThrow('shape-mismatch');
    });
  });
});
