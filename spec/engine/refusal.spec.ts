import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadWasm } from '../../src/engine/engines/wasm.ts';
import { openEngine } from '../../src/engine/index.ts';
import { streamOf } from '../../src/numerics/stream.ts';
import { outcomeOf, refusalOf } from './outcome.ts';
import { replaceKernel, withValues } from './replace-kernel.ts';

/** Rounds to 8 significant bits, as bfloat16 does (Veltkamp's splitting). */
const toBfloat16 = (value: number): number => {
  const scaled = Math.fround(value * (2 ** 16 + 1));
  return Math.fround(scaled - Math.fround(scaled - value));
};
const noise = streamOf('noise');

const CORRUPTIONS: readonly (readonly [string, (value: number, index: number) => number])[] = [
  ['noise', () => noise.normal()],
  ['zeros', () => 0],
  ['NaN', () => Number.NaN],
  ['infinity', () => Infinity],
  ['bfloat16', toBfloat16],
  ['one element too large by a thousandth', (value, index) => (index === 1 ? 1.001 * value : value)],
];

/** Every kernel that the self-test is about, under the name that tfjs gives it. */
const KERNELS = [
  'BatchMatMul',
  'Add',
  'Exp',
  'Log',
  'Tanh',
  'Sum',
  'GatherV2',
  'Slice',
  'Concat',
  'Transpose',
  'Pow',
];

describe('an engine that computes wrong numbers', () => {
  let undo: () => void = () => undefined;
  beforeAll(loadWasm);
  afterEach(() => {
    undo();
    undo = () => undefined;
  });

  for (const kernel of KERNELS) {
    it.each(CORRUPTIONS)(`is refused when ${kernel} returns %s`, async (_name, change) => {
      undo = replaceKernel(kernel, 'wasm', withValues(change));
      expect(await outcomeOf('wasm')).toBe('engine-failed-self-test');
    });
  }

  it('is refused when a kernel throws', async () => {
    undo = replaceKernel('Tanh', 'wasm', () => () => {
      throw new Error('device lost');
    });
    expect(await outcomeOf('wasm')).toBe('engine-failed-self-test');
    expect((await refusalOf('wasm'))?.message).toContain('device lost');
  });

  it('is refused when a gradient lacks a term', async () => {
    const original = tf.getGradient('Tanh');
    const put = (gradient: tf.GradConfig): void => {
      tf.unregisterGradient('Tanh');
      tf.registerGradient(gradient);
    };
    undo = () => {
      put(original);
    };
    put({ ...original, gradFunc: (dy) => ({ x: () => tf.clone(dy as tf.Tensor) }) });
    expect((await refusalOf('wasm'))?.message).toContain('gradient of a dense layer');
  });

  it('is refused when one of its kernels lets another backend do the work, though the numbers are right', async () => {
    undo = replaceKernel('BatchMatMul', 'wasm', () => (call) => {
      const cpu = tf.engine().findBackend('cpu');
      const wasm = tf.backend();
      const made = tf.getKernel('BatchMatMul', 'cpu').kernelFunc({ ...call, backend: cpu });
      if (Array.isArray(made)) throw new Error('one output');
      const dataId = wasm.write(cpu.readSync(made.dataId), made.shape, made.dtype);
      return { ...made, dataId };
    });
    expect(await outcomeOf('wasm')).toBe('engine-fell-back');
    expect((await refusalOf('wasm'))?.message).toContain('BatchMatMul on cpu');
  });

  it('is opened once it is repaired', async () => {
    expect((await openEngine('wasm')).selfTest).toBeLessThanOrEqual(1);
  });
});
