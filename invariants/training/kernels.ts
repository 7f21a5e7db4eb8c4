import fc from 'fast-check';
import { trainingKernels } from '../../src/verification/contracts/index.ts';
import type { OutputOf } from '../../src/verification/operation.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { same } from '../../src/verification/measurement.ts';
import { trainers } from './cases.ts';

type Kernel = OutputOf<typeof trainingKernels>['kernels'][number];

const cases = fc.record({
  trained: trainers(
    fc.record({
      procedure: fc.record({
        state: fc.constantFrom('ergodic', 'simulated'),
        gradientSteps: fc.integer({ min: 1, max: 2 }),
      }),
    }),
  ),
  seed: seeds,
});

/** tfjs registers both native engines under one name. */
const backendOf = (engine: string): string => (engine === 'tensorflow-gpu' ? 'tensorflow' : engine);

/** The engine that was asked for is the one that did the work. */
export const engineOfKernels = law({
  id: 'training/engine-of-kernels',
  statement:
    'Every kernel of a training step is run by the engine that was asked for, matrix products included, on tensors that it owns.',
  formula: '{backend(k) : k ran} = {owner(x) : x read} = {engine}',
  guards:
    'a GPU is asked for, is not there, and the CPU computes in silence; tensors of another engine are moved over at every step',
  suspects:
    'the result of setBackend (it returns false and goes on), tensors made before the engine was opened',
  oracle: 'identity',
  bound: 'none: kernels are recorded as they run',
  needs: [trainingKernels],
  budget: { runs: 8 },
  modelOf: ({ trained }) => trained.model,
  cases,
  async judge({ trained, seed }, { call, engine }) {
    const { kernels, moved } = await call(trainingKernels, { ...trained, seed, steps: 2 });
    const ran = kernels.filter(({ count }) => count > 0);
    const paths = Object.entries(moved).filter(([, count]) => count > 0);
    const backends = [...new Set(ran.map(({ backend }) => backend))].sort();
    const elsewhere = ran
      .filter(({ backend }) => backend !== backendOf(engine))
      .map(({ kernel, backend }) => `${kernel} on ${backend}`);
    const products = ran.some(({ kernel }) => /matmul/i.test(kernel)) ? 'yes' : 'no';
    return [
      same(
        'backends that ran kernels',
        backends.join(', '),
        backendOf(engine),
        elsewhere.slice(0, 3).join(', '),
      ),
      same('matrix products were seen', products, 'yes'),
      same(
        'tensors of another engine',
        paths.map(([path, count]) => `${count} moved ${path}`).join(', '),
        '',
      ),
    ];
  },
});

/** Kernels that move or select by integer indices, and may therefore meet integers beside numbers. */
const INDEXING =
  /^(Gather|Scatter|Cast|OneHot|Slice|StridedSlice|TopK|SparseToDense|UnsortedSegmentSum|Range|Identity|Reshape|Tile)/;

/** Arithmetic is done on float32: no integer tensor swallows a fraction, no division floors. */
export const dtypes = law({
  id: 'training/dtypes',
  statement:
    'No arithmetic kernel of a training step takes or returns int32, and none mixes it with float32; conditions are bool.',
  formula: 'dtype(in) ∪ dtype(out) ⊆ {float32, bool} for every kernel but indexing',
  guards:
    'concat of int32 and float32 gives int32 and truncates; where of the two returns raw bits; division of integers floors',
  suspects:
    'literals and casts that make int32 tensors (tensor([1, 2], …, "int32"), toInt, counts) next to concat, where, mean and div',
  oracle: 'identity',
  bound: 'none: dtypes are recorded as kernels run',
  needs: [trainingKernels],
  budget: { runs: 8 },
  modelOf: ({ trained }) => trained.model,
  cases,
  async judge({ trained, seed }, { call }) {
    const { kernels } = await call(trainingKernels, { ...trained, seed, steps: 2 });
    const ran = kernels.filter(({ count }) => count > 0);
    const integer = ran.filter((kernel) => !INDEXING.test(kernel.kernel) && !isFloat(kernel));
    return [
      same('kernels on integers', integer.map(signatureOf).join('; '), ''),
      same('kernels were seen', ran.length > 0 ? 'yes' : 'no', 'yes'),
    ];
  },
});

function isFloat({ inputs, outputs }: Kernel): boolean {
  return [...inputs, ...outputs].every((dtype) => dtype === 'float32' || dtype === 'bool');
}

function signatureOf({ kernel, inputs, outputs }: Kernel): string {
  return `${kernel}(${inputs.join(', ')}) → ${outputs.join(', ')}`;
}
