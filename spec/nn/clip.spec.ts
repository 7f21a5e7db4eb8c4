import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { clipByGlobalNorm } from '../../src/nn/clip.ts';
import { expectClose, onWasm, read } from './on-wasm.ts';

onWasm();

async function clip(
  values: readonly number[],
  maximumNorm: number,
): Promise<{ gradient: number[]; norm: number }> {
  const [gradient = [], norm = []] = await read(() => {
    const clipped = clipByGlobalNorm(tf.tensor1d([...values]), maximumNorm);
    return [clipped.gradient, clipped.norm];
  });
  return { gradient, norm: norm[0] ?? Number.NaN };
}

describe('clipByGlobalNorm', () => {
  it('shortens a gradient that is too long, and tells how long it was', async () => {
    const { gradient, norm } = await clip([3, -4], 1);
    expect(norm).toBe(5);
    expectClose(gradient, [0.6, -0.8]);
  });

  it('leaves a shorter one as it is, bit for bit', async () => {
    expect((await clip([0.25, -0.125], 1)).gradient).toEqual([0.25, -0.125]);
  });

  it('leaves zero as it is', async () => {
    expect(await clip([0, 0], 1)).toEqual({ gradient: [0, 0], norm: 0 });
  });

  it('does not hide what is not finite', async () => {
    expect((await clip([Number.NaN, 1], 1)).gradient[0]).toBeNaN();
  });
});
