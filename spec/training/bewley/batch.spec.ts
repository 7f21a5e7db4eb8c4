import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { BewleyExogenous } from '../../../src/models/bewley/index.ts';
import { batchTensors, stateTensors } from '../../../src/training/bewley/batch.ts';
import { onWasm, read } from '../../nn/on-wasm.ts';

onWasm();

const [WORLDS, AGENTS] = [3, 2];
const numbered = (from: number): Float32Array =>
  Float32Array.from({ length: WORLDS * AGENTS }, (_, index) => from + index);
const exogenous = (from: number): BewleyExogenous => ({
  ability: numbered(from),
  star: Uint8Array.from({ length: WORLDS * AGENTS }, (_, index) => Number(index === from % 6)),
});
const batch = () => ({
  worlds: { wealth: numbered(10), exogenous: exogenous(20) },
  branches: { a: exogenous(31), b: exogenous(42) },
});

describe('batchTensors', () => {
  it('holds the worlds that are meant and no other, each under its own name', async () => {
    const range = { first: 1, count: 2, agents: AGENTS };
    const names = ['wealth', 'ability', 'star', 'abilityA', 'starA', 'abilityB', 'starB'] as const;
    const values = await read(() => {
      const tensors = batchTensors(batch(), range);
      expect(Object.keys(tensors).sort()).toEqual([...names].sort());
      for (const tensor of Object.values<tf.Tensor>(tensors)) {
        expect(tensor.shape).toEqual([2, AGENTS]);
        expect(tensor.dtype).toBe('float32');
      }
      return names.map((name) => tensors[name]);
    });
    expect(values).toEqual([
      [12, 13, 14, 15],
      [22, 23, 24, 25],
      [1, 0, 0, 0],
      [33, 34, 35, 36],
      [0, 0, 0, 0],
      [44, 45, 46, 47],
      [0, 0, 0, 0],
    ]);
  });

  it('is a copy: what is written to the array later does not reach the tensor', async () => {
    const { worlds } = batch();
    const made = tf.tidy(() => stateTensors(worlds, { first: 0, count: WORLDS, agents: AGENTS }));
    worlds.wealth.fill(-1);
    expect([...(await made.wealth.data())]).toEqual([10, 11, 12, 13, 14, 15]);
    tf.dispose(Object.values(made));
  });
});
