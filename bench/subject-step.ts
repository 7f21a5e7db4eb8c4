import { join } from 'node:path';
import type { BenchmarkRun } from '../src/benchmarking/benchmark.ts';
import { IEEE_SINGLE } from '../src/numerics/arithmetic.ts';
import { nkStep } from '../src/verification/contracts/index.ts';
import { enginesOf, subprocessSubject, SubjectSession } from '../src/verification/protocol/index.ts';
import { float32 } from '../src/verification/tensor-value.ts';
import { packageRoot } from '../src/version.ts';

const PARAMETERS = [0.97, 2, 1.125, 0.7, 1.875, 0.25, 0.875, 0.06];

/** One call of `nk.step` with a state of so many samples, of a subject in Python without a library. */
export async function subjectStep(samples: number): Promise<BenchmarkRun> {
  const root = packageRoot();
  const session = new SubjectSession({
    command: 'python3 subject.py',
    directory: join(root, 'bench'),
    environment: { PYTHONPATH: join(root, 'examples', 'python') },
    client: { name: 'bench', version: '1' },
    startLimitMs: 20_000,
    requestLimitMs: 20_000,
  });
  const said = await session.open();
  const [engine] = enginesOf(said);
  if (engine === undefined) throw new RangeError('the subject names no engine');
  const subject = subprocessSubject({ session, said, engine, arithmetic: IEEE_SINGLE });
  const parameters = float32([1, PARAMETERS.length], PARAMETERS);
  const innovation = float32([1], [1]);
  const zeta = float32([samples], new Float32Array(samples).fill(0.1));
  return {
    step: async () => {
      await subject.call(nkStep, { parameters, zeta, innovation });
    },
    close: () => {
      session.stop();
    },
  };
}
