import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { skipBanner } from '../../src/engine/banner.ts';
import { processMemory, settleMemory, tensorMemory } from '../../src/engine/index.ts';

const MIB = 2 ** 20;

it('counts tensors and the bytes of their data', async () => {
  skipBanner();
  await tf.setBackend('cpu');
  expect(tensorMemory()).toEqual({ tensors: 0, bytes: 0 });
  const tensor = tf.ones([3, 5]);
  expect(tensorMemory()).toEqual({ tensors: 1, bytes: 60 });
  tensor.dispose();
  expect(tensorMemory()).toEqual({ tensors: 0, bytes: 0 });
});

it('tells memory that is kept from garbage', () => {
  settleMemory();
  const before = processMemory();
  const kept: Uint8Array[] = [];
  // In a function of its own, whose registers die with it.
  const keep = (): void => {
    kept.push(new Uint8Array(64 * MIB).fill(1));
  };
  keep();
  settleMemory();
  const during = processMemory();
  expect(during.externalBytes - before.externalBytes).toBeGreaterThan(60 * MIB);
  expect(during.rssBytes - before.rssBytes).toBeGreaterThan(50 * MIB);
  kept.pop();
  settleMemory();
  expect(processMemory().externalBytes - before.externalBytes).toBeLessThan(4 * MIB);
});

it('frees chains of objects, buffers of dead objects included', () => {
  settleMemory();
  const before = processMemory();
  const chains = (): number =>
    Array.from({ length: 64 }, () => ({ next: { buffer: new Float64Array(MIB / 8) } })).length;
  expect(chains()).toBe(64);
  settleMemory();
  expect(processMemory().externalBytes - before.externalBytes).toBeLessThan(4 * MIB);
});
