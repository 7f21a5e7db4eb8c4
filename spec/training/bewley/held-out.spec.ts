import { describe, expect, it } from 'vitest';
import type { BewleyTrainerKit } from '../../../src/models/bewley/index.ts';
import { bewleyTrainerKit } from '../../../src/models/bewley/index.ts';
import { trainBewley } from '../../../src/training/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { tiny } from './small.ts';

onWasm();

const kit = bewleyTrainerKit;
const NAMES = ['held_out/fb', 'held_out/aux_mu', 'held_out/labor_foc'];

const train = (by: BewleyTrainerKit, ...layers: readonly string[]) =>
  trainBewley({ kit: by, configuration: tiny(...layers), seed: 1, maximumSteps: 7, logEvery: 2 });

describe('losses on worlds that are not trained on', () => {
  it('are in every row, in every so many, or in none', async () => {
    const stepsWith = async (every: number): Promise<number[]> => {
      const { log } = await train(kit, `heldOut.every=${every}`);
      return log.filter((row) => NAMES.every((name) => Number.isFinite(row[name]))).map(({ step }) => step);
    };
    expect(await stepsWith(1)).toEqual([0, 2, 4, 6]);
    expect(await stepsWith(2)).toEqual([0, 4]);
    expect(await stepsWith(0)).toEqual([]);
  });

  it('change nothing that a run learns', async () => {
    const looked = await train(kit, 'heldOut.every=1');
    const blind = await train(kit, 'heldOut.every=0');
    expect(looked.weights).toEqual(blind.weights);
    expect(looked.normaliser).toEqual(blind.normaliser);
  });

  it('are of the same worlds at every look: where no weight moves, only statistics move them', async () => {
    const still: BewleyTrainerKit = {
      ...kit,
      updateWeights: (update, settings) => {
        const { weights, moments } = kit.updateWeights(update, settings);
        weights.dispose();
        return { weights: update.weights.clone(), moments };
      },
    };
    const { log } = await train(still, 'normaliser.momentum=0.999999', 'normaliser.warmUp=1');
    const [first, ...rest] = log.map((row) => row['held_out/labor_foc'] ?? Number.NaN);
    for (const value of rest) expect(value).toBeCloseTo(first ?? Number.NaN, 5);
    // What is trained on moves.
    expect(Math.abs((log[3]?.['loss/labor_foc'] ?? 0) - (log[0]?.['loss/labor_foc'] ?? 0))).toBeGreaterThan(
      1e-3,
    );
  });

  it('are not those of the worlds that the run begins with', async () => {
    const { log } = await train(kit);
    expect(log[0]?.['held_out/fb']).not.toBe(log[0]?.['loss/fb']);
  });
});
