import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { referenceChoices } from '../../../../src/models/bewley/evaluation/index.ts';
import { streamOf } from '../../../../src/numerics/stream.ts';
import { expectClose, onWasm, read } from '../../../nn/on-wasm.ts';
import { economy } from '../presets.ts';
import { referencePolicy, referenceTable } from './reference-policy.ts';
import { solved } from './risky.ts';

onWasm();

const configuration = economy('flat', 'network.labor.maximum=1');
const reference = solved(configuration, { nodes: 5, points: 110 });
const choices = referenceChoices(configuration, reference);
const { abilities, assets, labor, saved, consumption } = reference.policies;

describe('referenceChoices', () => {
  it('is the table of the solution at its points', () => {
    for (const [node, point] of [
      [0, 3],
      [2, 60],
      [4, 90],
      [5, 40],
    ] as const) {
      const isStar = node === 5;
      const choice = choices.at(assets[point] ?? Number.NaN, abilities[node] ?? Number.NaN, isStar);
      const [c, a] = [consumption[node]?.[point] ?? Number.NaN, saved[node]?.[point] ?? Number.NaN];
      expect(choice.labor).toBeCloseTo(labor[node]?.[point] ?? Number.NaN, 9);
      expect(choice.consumption).toBeCloseTo(c, 9);
      expect(choice.savingsRatio).toBeCloseTo(a / (a + 1.065 * c), 9);
    }
  });

  it('has h = 1 where something is saved, and below 1 where nothing is', () => {
    expect(choices.at(10, 1, false).marginalReturn).toBe(1);
    const poor = choices.at(0, abilities[0] ?? Number.NaN, false);
    expect(poor.savingsRatio).toBe(0);
    // β E[(c′/c)^(−θ) R′] is no small number either: shocks are persistent.
    expect(poor.marginalReturn).toBeGreaterThan(0.7);
    expect(poor.marginalReturn).toBeLessThan(1);
  });

  it('is between its neighbours between nodes', () => {
    const [low = 0, high = 0] = abilities.slice(1, 3);
    const middle = choices.at(4, Math.sqrt(low * high), false);
    const mean = Math.sqrt(choices.at(4, low, false).labor * choices.at(4, high, false).labor);
    expect(middle.labor).toBeCloseTo(mean, 9);
  });
});

describe('referencePolicy', () => {
  it('looks up on the engine what the choices are on the host', async () => {
    const stream = streamOf(3);
    const size = 7 * 50;
    const wealth = Float32Array.from({ length: size }, () => 60 * stream.uniform() ** 4);
    const ability = Float32Array.from({ length: size }, () => Math.exp(0.9 * stream.normal()));
    const star = Float32Array.from({ length: size }, () => (stream.uniform() < 0.1 ? 1 : 0));
    const policy = referencePolicy(referenceTable(configuration, reference));
    const rows = (values: Float32Array): tf.Tensor => tf.tensor2d(values, [7, 50]);
    const [s = [], n = [], h = []] = await read(() => {
      const made = policy({ wealth: rows(wealth), ability: rows(ability), star: rows(star) });
      return [made.savingsRatio, made.labor, made.marginalReturn];
    });
    const expected = Array.from(wealth, (owned, index) =>
      choices.at(owned, ability[index] ?? Number.NaN, star[index] === 1),
    );
    expectClose(
      s,
      expected.map(({ savingsRatio }) => savingsRatio),
      2e-4,
    );
    expectClose(
      n,
      expected.map((choice) => Math.min(1, choice.labor)),
      2e-4,
    );
    expectClose(
      h,
      expected.map(({ marginalReturn }) => marginalReturn),
      5e-3,
    );
  });
});
