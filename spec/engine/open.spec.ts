import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ENGINES, openEngine } from '../../src/engine/index.ts';
import { outcomeOf, refusalOf } from './outcome.ts';

describe('opening wasm', () => {
  const listeners = (): unknown[] =>
    ['uncaughtException', 'unhandledRejection'].flatMap((event) => process.rawListeners(event));
  const before = listeners();

  it('leaves the process open to another engine when a package is not there', async () => {
    // As text, since the compiler looks for a package that is named in place.
    const absent: string = 'plumbline-no-such-package';
    const load = async (): Promise<void> => {
      await import(absent);
    };
    const catalogue = { ...ENGINES, cpu: { ...ENGINES.cpu, load } };
    expect(await outcomeOf('cpu', catalogue)).toBe('engine-missing');
    expect((await refusalOf('cpu', catalogue))?.message).toContain(
      'npm install @tensorflow/tfjs-backend-cpu',
    );
  });

  it('opens it, tested and measured, and leaves nothing behind', async () => {
    const engine = await openEngine('wasm');
    expect(engine.name).toBe('wasm');
    expect(engine.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(tf.getBackend()).toBe('wasm');
    expect(engine.tf.memory().numTensors).toBe(0);
    expect(engine.memory()).toEqual({ tensors: 0, bytes: 0 });
    for (const { name, measured, allowed } of engine.checks)
      expect(measured, name).toBeLessThanOrEqual(allowed);
    expect(engine.selfTest).toBeGreaterThan(0.01);
    expect(engine.selfTest).toBeLessThanOrEqual(1);
    expect(engine.arithmetic.roundoff).toBe(2 ** -24);
    expect(Object.keys(engine.kernels.counts())).toEqual(['wasm']);
    expect(engine.kernels.migrations()).toEqual({});
  });

  it('takes the crash handlers of Emscripten off the process', () => {
    expect(listeners()).toEqual(before);
  });

  it('gives the same engine again, and refuses another one', async () => {
    const engine = await openEngine('wasm');
    expect((await openEngine('wasm')) === engine).toBe(true);
    expect(await outcomeOf('cpu')).toBe('engine-process-taken');
    engine.close();
    expect(await outcomeOf('cpu')).toBe('engine-process-taken');
  });

  it('opens it anew after it was closed', async () => {
    const first = await openEngine('wasm');
    first.close();
    const second = await openEngine('wasm');
    expect(second === first).toBe(false);
    // Closing twice closes nothing of the second.
    first.close();
    expect((await openEngine('wasm')) === second).toBe(true);
    const closed = first.kernels.counts();
    tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])));
    expect(first.kernels.counts()).toEqual(closed);
    expect(second.kernels.counts()['wasm']?.['BatchMatMul']).toBeGreaterThan(
      closed['wasm']?.['BatchMatMul'] ?? 0,
    );
  });
});
