import * as tf from '@tensorflow/tfjs';
import { inEngine, inNk } from '../../../src/subjects/kit.ts';
import type { Kit } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';
import { withKernels } from './with-kernels.ts';

/** Faults of engines: another one runs, it returns noise, it works in low precision, it draws its own numbers. */
export const engineFaults: readonly Fault<Kit>[] = [
  {
    id: 'training/silent-cpu',
    summary:
      'the engine that was asked for is not the one that runs: computation goes on on the CPU in silence',
    sign: 'speed',
    killedBy: ['training/engine-of-kernels'],
    engines: ['wasm', 'webgpu', 'tensorflow', 'tensorflow-gpu'],
    inject: inEngine(() => ({
      run: (work) => onCpu(work),
    })),
  },
  {
    id: 'training/mixed-engine',
    summary:
      'a tensor that was made on the CPU is used on the engine, and moved there in silence at every step',
    sign: 'speed',
    killedBy: ['training/engine-of-kernels'],
    engines: ['wasm', 'webgpu', 'tensorflow', 'tensorflow-gpu'],
    model: 'nk',
    inject: (kit) => {
      let foreign: tf.Scalar | undefined;
      const mixed = inNk((nk) => ({
        networkInputs: (zeta, parameters) =>
          tf.add(nk.networkInputs(zeta, parameters), foreign ?? tf.scalar(0)),
      }))(kit);
      const run: Kit['engine']['run'] = async (work) => {
        foreign = await onCpu(() => tf.keep(tf.scalar(0)));
        return kit.engine.run(work);
      };
      return { ...mixed, engine: { ...mixed.engine, run } };
    },
  },
  {
    id: 'training/garbage-engine',
    summary: 'the matrix product runs without complaint and returns noise',
    sign: '',
    killedBy: ['engine/products', 'nk/network'],
    engines: 'all',
    inject: inEngine(() => ({
      run: (work) => withKernels(['BatchMatMul'], (output) => tf.randomUniform(output.shape, -1, 1), work),
    })),
  },
  {
    id: 'training/engine-divergence',
    summary: 'one engine computes matrix products in bfloat16, as fast modes of accelerators do',
    sign: '',
    killedBy: ['engine/products', 'nk/network'],
    engines: 'all',
    inject: inEngine(() => ({ run: (work) => withKernels(['BatchMatMul'], toBfloat16, work) })),
  },
  {
    id: 'training/fast-math',
    summary: 'one engine computes functions and quotients in bfloat16',
    sign: '',
    killedBy: ['engine/primitives'],
    engines: 'all',
    inject: inEngine(() => ({ run: (work) => withKernels(FUNCTIONS, toBfloat16, work) })),
  },
  {
    id: 'training/nan-swallowed',
    summary: 'an engine returns 0 where a result is not a number',
    sign: 'a loss of exactly 0, the optimum',
    killedBy: ['engine/special-values'],
    engines: 'all',
    inject: inEngine(() => ({ run: (work) => withKernels([...FUNCTIONS, 'Sum'], nanToZero, work) })),
  },
  {
    id: 'training/heap-for-memory',
    summary: 'memory is watched on the JavaScript heap alone, where no tensor is',
    sign: 'flat memory in the log, and the machine swaps',
    killedBy: ['engine/memory'],
    engines: 'all',
    inject: inEngine((engine) => ({
      memory: () => ({ tensors: engine.memory().tensors, bytes: process.memoryUsage().heapUsed }),
    })),
  },
  {
    id: 'training/draws-in-float32',
    summary:
      'integers are made from a single-precision uniform: values above 2²⁴ are missed, and engines differ',
    sign: '',
    killedBy: ['engine/draws'],
    engines: 'host',
    inject: inEngine(() => ({
      integers: (stream, count, low, high) =>
        Int32Array.from(
          { length: count },
          () => low + Math.floor(Math.fround(stream.uniform()) * (high - low + 1)),
        ),
    })),
  },
];

/** Does some work on the CPU and goes back to the engine that was current. */
async function onCpu<T>(work: () => T | Promise<T>): Promise<T> {
  const asked = tf.getBackend();
  await tf.setBackend('cpu');
  try {
    return await work();
  } finally {
    await tf.setBackend(asked);
  }
}

/** Kernels that the replacements below do not themselves use. */
const FUNCTIONS = ['Add', 'RealDiv', 'Exp', 'Log', 'Tanh', 'Sigmoid', 'Sqrt', 'Elu'];

function nanToZero(x: tf.Tensor): tf.Tensor {
  return tf.where(tf.isNaN(x), tf.zerosLike(x), x);
}

/** Rounds to 8 significant bits by Veltkamp's splitting with the factor 2¹⁶ + 1. */
function toBfloat16(x: tf.Tensor): tf.Tensor {
  const scaled = tf.mul(x, 2 ** 16 + 1);
  return tf.sub(scaled, tf.sub(scaled, x));
}
