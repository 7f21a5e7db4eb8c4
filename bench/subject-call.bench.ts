import type { Benchmark } from '../src/benchmarking/benchmark.ts';
import { subjectStep } from './subject-step.ts';

const SAMPLES = 13;

/** What the protocol adds to each request of a law: at most 0.4 ms. */
export const subjectCall: Benchmark = {
  id: 'subject-call',
  summary: `a validated call of a subject in Python, with ${SAMPLES} numbers there and back`,
  unit: 'call',
  engines: ['host'],
  open: () => subjectStep(SAMPLES),
};
