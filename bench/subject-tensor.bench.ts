import type { Benchmark } from '../src/benchmarking/benchmark.ts';
import { subjectStep } from './subject-step.ts';

const SAMPLES = 2_500_000;

/** Large tensors through the same lines: at least 40 MB a second. */
export const subjectTensor: Benchmark = {
  id: 'subject-tensor',
  summary: 'a call of a subject in Python with a tensor of 10 MB, there and back',
  unit: 'call',
  parts: { name: 'MB', count: (2 * SAMPLES * Float32Array.BYTES_PER_ELEMENT) / 1e6 },
  engines: ['host'],
  fewestUnits: 5,
  open: () => subjectStep(SAMPLES),
};
