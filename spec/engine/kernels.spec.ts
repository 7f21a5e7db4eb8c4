import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { skipBanner } from '../../src/engine/banner.ts';
import { loadWasm } from '../../src/engine/engines/wasm.ts';
import { signatureText } from '../../src/engine/index.ts';
import type { InstalledKernelLog } from '../../src/engine/kernels.ts';
import { installKernelLog } from '../../src/engine/kernels.ts';
import { replaceKernel } from './replace-kernel.ts';

describe('the kernel log', () => {
  let installed: InstalledKernelLog;
  beforeAll(async () => {
    skipBanner();
    await loadWasm();
  });
  beforeEach(async () => {
    await tf.setBackend('wasm');
    installed = installKernelLog();
  });
  afterEach(() => {
    installed.uninstall();
  });
  const texts = (): readonly string[] => installed.log.signatures().map(signatureText);

  it('counts each run of each kernel where it ran', async () => {
    const { log } = installed;
    log.start();
    tf.tidy(() => tf.matMul(tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])), tf.ones([2, 2])));
    expect(log.stop()).toEqual({ wasm: { BatchMatMul: 2 } });
    log.start();
    await tf.setBackend('cpu');
    tf.tidy(() => tf.exp(tf.ones([2])));
    expect(log.stop()).toEqual({ cpu: { Exp: 1 } });
    expect(log.counts()).toEqual({ wasm: { BatchMatMul: 2 }, cpu: { Exp: 1 } });
  });

  it('counts the kernels of gradients', () => {
    installed.log.start();
    tf.tidy(() => tf.grad((x) => tf.sum(tf.tanh(x)))(tf.ones([3])));
    expect(installed.log.stop()).toMatchObject({ wasm: { Tanh: 1, Square: 1 } });
  });

  it('sees the types that go in and come out, of tensors by name and of lists', () => {
    tf.tidy(() => {
      const whole = tf.tensor1d([1, 2], 'int32');
      const real = tf.tensor1d([0.5, 1.5]);
      // tfjs takes the type of the first, and truncates.
      expect(Array.from(tf.concat([whole, real]).dataSync())).toEqual([1, 2, 0, 1]);
      tf.where(tf.greater(real, 1), real, real);
      tf.topk(real, 1);
    });
    expect(texts()).toEqual(
      expect.arrayContaining([
        'wasm: Concat(int32,float32)->int32',
        'wasm: Select(bool,float32,float32)->float32',
        'wasm: TopK(float32)->float32,int32',
      ]),
    );
  });

  it('tells the types of one kernel apart', () => {
    tf.tidy(() => {
      tf.neg(tf.tensor1d([1]));
      tf.neg(tf.tensor1d([1], 'int32'));
      tf.neg(tf.tensor1d([1], 'int32'));
    });
    const before = installed.log.signatures();
    tf.tidy(() => tf.neg(tf.tensor1d([1], 'int32')));
    const counts = Object.fromEntries(before.map((signature) => [signatureText(signature), signature.count]));
    expect(counts).toEqual({ 'wasm: Neg(float32)->float32': 1, 'wasm: Neg(int32)->int32': 2 });
    expect(installed.log.signaturesSince(before)).toEqual([
      { backend: 'wasm', kernel: 'Neg', inputs: ['int32'], outputs: ['int32'], count: 1 },
    ]);
  });

  it('tells types apart where only those that go in differ', () => {
    tf.tidy(() => {
      tf.cast(tf.tensor1d([1]), 'bool');
      tf.cast(tf.tensor1d([1], 'int32'), 'bool');
      const [whole, real] = [tf.ones([2], 'int32'), tf.ones([2])];
      tf.concat([whole, whole]);
      tf.concat([whole, real]);
      tf.concat([whole, real, real]);
    });
    expect(texts()).toEqual(
      expect.arrayContaining([
        'wasm: Cast(float32)->bool',
        'wasm: Cast(int32)->bool',
        'wasm: Concat(int32,int32)->int32',
        'wasm: Concat(int32,float32)->int32',
        'wasm: Concat(int32,float32,float32)->int32',
      ]),
    );
  });

  it('leaves out optional inputs that are not given', () => {
    tf.tidy(() => tf.fused.matMul({ a: tf.ones([2, 3]), b: tf.ones([3, 2]), activation: 'relu' }));
    expect(texts()).toContain('wasm: _FusedMatMul(float32,float32)->float32');
  });

  it('does not count a kernel that throws', () => {
    installed.uninstall();
    const undo = replaceKernel('Exp', 'wasm', () => () => {
      throw new Error('device lost');
    });
    installed = installKernelLog();
    expect(() => tf.tidy(() => tf.exp(tf.ones([2])))).toThrow('device lost');
    expect(installed.log.counts()).toEqual({});
    installed.uninstall();
    undo();
  });

  it('counts a kernel that runs inside another beside it', () => {
    installed.uninstall();
    const undo = replaceKernel('Square', 'wasm', () => ({ inputs }) => {
      const x = inputs['x'];
      if (x === undefined) throw new Error('x');
      return tf.mul(tf.engine().makeTensorFromTensorInfo(x), 3);
    });
    installed = installKernelLog();
    tf.tidy(() => tf.square(tf.ones([2])));
    expect(installed.log.counts()).toEqual({ wasm: { Multiply: 1, Square: 1 } });
    installed.uninstall();
    undo();
  });

  it('sees a tensor of one backend move to another, which no kernel shows', async () => {
    await tf.setBackend('cpu');
    const foreign = tf.tensor1d([1, 2]);
    await tf.setBackend('wasm');
    tf.dispose(tf.exp(foreign));
    expect(installed.log.counts()).toEqual({ wasm: { Exp: 1 } });
    expect(installed.log.migrations()).toEqual({ 'cpu → wasm': 1 });
    foreign.dispose();
  });

  it('takes in kernels that are registered later, when it is started', () => {
    tf.registerKernel({ kernelName: 'Late', backendName: 'wasm', kernelFunc: () => tf.scalar(1) });
    installed.log.start();
    tf.engine().runKernel('Late', {});
    expect(installed.log.stop()).toEqual({ wasm: { Late: 1 } });
    installed.uninstall();
    tf.unregisterKernel('Late', 'wasm');
  });

  it('puts every kernel back, but one that somebody else has replaced', () => {
    installed.uninstall();
    const before = [...tf.getKernelsForBackend('wasm'), ...tf.getKernelsForBackend('cpu')];
    installed = installKernelLog();
    installed.uninstall();
    const names = (kernels: readonly tf.KernelConfig[]): readonly string[] =>
      kernels.map(({ kernelName, backendName }) => `${backendName} ${kernelName}`).sort();
    const after = [...tf.getKernelsForBackend('wasm'), ...tf.getKernelsForBackend('cpu')];
    expect(names(after)).toEqual(names(before));
    for (const kernel of before) expect(tf.getKernel(kernel.kernelName, kernel.backendName)).toBe(kernel);

    installed = installKernelLog();
    const undo = replaceKernel('Exp', 'wasm', (original) => original);
    const theirs = tf.getKernel('Exp', 'wasm');
    installed.uninstall();
    expect(tf.getKernel('Exp', 'wasm')).toBe(theirs);
    undo();
  });

  it('refuses to be stopped before it was started', () => {
    expect(() => installed.log.stop()).toThrow('kernel-log-not-started');
  });
});
