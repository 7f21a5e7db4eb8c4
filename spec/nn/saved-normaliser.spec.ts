import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { InputError, SubjectError } from '../../src/errors.ts';
import type { SavedNormaliser } from '../../src/nn/index.ts';
import { loadNormaliser, releaseStatistics, saveNormaliser } from '../../src/nn/index.ts';
import { onWasm } from './on-wasm.ts';

onWasm();

const SAVED = {
  count: 2 ** 40,
  mean: { shape: [2], data: Float32Array.of(0.1, -0) },
  variance: { shape: [2], data: Float32Array.of(1 / 3, 0) },
} as const;

describe('a saved normaliser', () => {
  it('comes back bit for bit, count and the sign of a zero included', async () => {
    const loaded = loadNormaliser(SAVED);
    expect(await saveNormaliser(loaded)).toEqual(SAVED);
    releaseStatistics(loaded);
  });

  it('may be one that has seen no batch', async () => {
    expect(loadNormaliser(await saveNormaliser(undefined))).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['settings alone', { momentum: 0.99 }],
    ['no count', { ...SAVED, count: undefined }],
    ['a count of 0', { ...SAVED, count: 0 }],
    ['a mean that is not finite', { ...SAVED, mean: { shape: [2], data: Float32Array.of(1, Number.NaN) } }],
    ['a negative variance', { ...SAVED, variance: { shape: [2], data: Float32Array.of(1, -1e-9) } }],
    ['data that does not fill its shape', { ...SAVED, mean: { shape: [3], data: Float32Array.of(1, 2) } }],
    ['two shapes', { ...SAVED, mean: { shape: [1], data: Float32Array.of(1) } }],
    ['doubles', { ...SAVED, mean: { shape: [2], data: Float64Array.of(1, 2) } }],
  ])('is refused with %s', (_, saved) => {
    const load = () => loadNormaliser(saved as SavedNormaliser);
    expect(load).toThrow(InputError);
    expect(load).toThrow('normaliser-unusable');
  });

  it('cannot be made of statistics that are lost', async () => {
    const statistics = { count: 3, mean: tf.tensor1d([Number.NaN]), variance: tf.tensor1d([1]) };
    const saving = saveNormaliser(statistics);
    await expect(saving).rejects.toThrow(SubjectError);
    await expect(saving).rejects.toThrow('normaliser-lost');
    releaseStatistics(statistics);
  });
});
