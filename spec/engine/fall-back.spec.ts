import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENGINES } from '../../src/engine/index.ts';
import { outcomeOf, refusalOf } from './outcome.ts';

describe('an engine that does not start', () => {
  beforeAll(async () => {
    await import('@tensorflow/tfjs-backend-wasm');
  });
  beforeEach(() => {
    // tfjs warns of the failure, which is right, and not what is looked at here.
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    tf.removeBackend('wasm');
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no adapter'))],
    [
      'throws',
      () => {
        throw new Error('no adapter');
      },
    ],
  ])('is refused when its factory %s and tfjs says so by a boolean alone', async (_how, factory) => {
    tf.registerBackend('wasm', factory);
    expect(await tf.setBackend('wasm')).toBe(false);
    // The name is that of the engine that failed, until the first operation moves on to another.
    expect(tf.getBackend()).toBe('wasm');
    expect(await outcomeOf('wasm')).toBe('engine-fell-back');
  });

  it('is refused when its package registers nothing', async () => {
    tf.registerBackend('wasm', () => Promise.reject(new Error('replaced')));
    const load = (): Promise<void> => Promise.resolve();
    const catalogue = { ...ENGINES, wasm: { ...ENGINES.wasm, backend: 'webgpu', load } };
    expect(await outcomeOf('wasm', catalogue)).toBe('engine-fell-back');
    expect((await refusalOf('wasm', catalogue))?.message).toContain('not found in registry');
  });

  it('is refused when another backend runs under its name', async () => {
    tf.registerBackend('wasm', () => tf.engine().findBackend('cpu'));
    expect(await outcomeOf('wasm')).not.toBe('opened');
    await tf.setBackend('cpu');
  });
});
