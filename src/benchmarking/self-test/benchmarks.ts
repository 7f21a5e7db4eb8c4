import type * as Tfjs from '@tensorflow/tfjs';
import type { Benchmark } from '../benchmark.ts';

// What `plumbline bench --self-test` measures: work of a known length, and known leaks. Nothing but what is injected differs.

/** Sums of one unit: about a millisecond, far above the resolution of the clock. */
const SUMS = 200_000;

/** Arithmetic in double precision, which no optimisation can leave out. */
function work(sums: number): number {
  let value = 1;
  for (let sum = 0; sum < sums; sum += 1) value += 1 / (value + sum);
  return value;
}

let kept = 0;

function steady(id: string, share: number): Benchmark {
  const sums = Math.round(share * SUMS);
  return {
    id,
    summary: `arithmetic, ${sums} sums`,
    unit: 'unit of work',
    engines: ['host'],
    open: async () => ({
      step: async () => {
        kept = work(sums);
      },
      close: () => {
        if (!Number.isFinite(kept)) throw new RangeError('the work came to no number');
      },
    }),
  };
}

/** Loops are a tenth, and a fifth, longer. */
export const SLOW_DOWNS = [steady('steady', 1), steady('slower-10', 1.1), steady('slower-20', 1.2)] as const;

/** Keeps a tensor of three numbers with every step. */
export const leakTensor: Benchmark = {
  id: 'leak-tensor',
  summary: 'a tensor is kept with every step',
  unit: 'step',
  engines: ['cpu'],
  open: async () => {
    const tf: typeof Tfjs = await import('@tensorflow/tfjs');
    const held: Tfjs.Tensor[] = [];
    return {
      step: async () => {
        held.push(tf.tidy(() => tf.square(tf.ones([3]))));
      },
      close: () => {
        tf.dispose(held);
      },
    };
  },
};

/** As much as the steps of a self-test can fill. */
const HIDDEN_BYTES = 2 ** 30;

/** Of native memory that is lost with every step. */
const LOST_BYTES = 1_000;

/**
 * Fills a kilobyte more of a block that was taken from the system at the start, and that the system hands out page by page: V8
 * sees the same object throughout, as it does where a library of C++ or the heap of WebAssembly leaks.
 */
export const leakNative: Benchmark = {
  id: 'leak-native',
  summary: 'a kilobyte of native memory is lost with every step',
  unit: 'step',
  engines: ['host'],
  open: async () => {
    const hidden = new Uint8Array(HIDDEN_BYTES);
    let lost = 0;
    return {
      step: async () => {
        kept = work(SUMS / 10);
        if (lost + LOST_BYTES > HIDDEN_BYTES) throw new RangeError('there is nothing left to lose');
        hidden.fill(1, lost, lost + LOST_BYTES);
        lost += LOST_BYTES;
      },
      close: () => undefined,
    };
  },
};
