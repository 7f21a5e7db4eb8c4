import type { Benchmark } from '../src/benchmarking/benchmark.ts';
import { bewleyLarge } from './bewley-large.bench.ts';
import { bewleySmall } from './bewley-small.bench.ts';
import { nkGaussHermite } from './nk-gauss-hermite.bench.ts';
import { nkPublished } from './nk-published.bench.ts';
import { nkQuality } from './nk-quality.bench.ts';
import { ppoLearning } from './ppo-learning.bench.ts';
import { ppoRollout } from './ppo-rollout.bench.ts';
import { ppoUpdate } from './ppo-update.bench.ts';
import { readEvents } from './read-events.bench.ts';
import { readJsonLines } from './read-json-lines.bench.ts';
import { subjectCall } from './subject-call.bench.ts';
import { subjectTensor } from './subject-tensor.bench.ts';

/** Every benchmark of this package. */
export const BENCHMARKS: readonly Benchmark[] = [
  nkPublished,
  nkGaussHermite,
  nkQuality,
  bewleySmall,
  bewleyLarge,
  ppoUpdate,
  ppoRollout,
  ppoLearning,
  readJsonLines,
  readEvents,
  subjectCall,
  subjectTensor,
];
