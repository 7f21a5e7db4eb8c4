import * as tf from '@tensorflow/tfjs';
import { expect, it, vi } from 'vitest';
import { openEngine } from '../../src/engine/index.ts';
import { outcomeOf } from './outcome.ts';

it('opens cpu without its banner, and keeps every other warning', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const engine = await openEngine('cpu');
  tf.dispose(tf.tensor1d([1]));
  expect(warn).not.toHaveBeenCalled();
  expect(engine.selfTest).toBeLessThanOrEqual(1);
  expect(Object.keys(engine.kernels.counts())).toEqual(['cpu']);
  tf.registerBackend('cpu', () => tf.backend());
  expect(warn).toHaveBeenCalledTimes(1);
});

it('refuses wasm in the process of cpu', async () => {
  expect(await outcomeOf('wasm')).toBe('engine-process-taken');
});
