import { tidy } from '@tensorflow/tfjs';
import type { Arithmetic } from '../numerics/arithmetic.ts';
import { runningError } from '../numerics/running-error.ts';
import { streamOf } from '../numerics/stream.ts';
import type { EngineCheck } from './check.ts';
import { worstOf } from './check.ts';
import type { PrimitiveCheck } from './primitive-checks.ts';
import { primitiveChecks } from './primitive-checks.ts';

/** The numbers of the self-test are the same in every process. */
const SEED = 'engine self-test';

/**
 * Holds the current engine against double precision on plain arrays: values and a gradient of the primitives that
 * trainers are made of, each element within the forward-error bound of the arithmetic given. A check reports its worst
 * element, or a missing one, as infinitely wrong.
 */
export async function selfTest(arithmetic: Arithmetic): Promise<readonly EngineCheck[]> {
  const checks: EngineCheck[] = [];
  for (const check of primitiveChecks(streamOf(SEED))) checks.push(await judge(check, arithmetic));
  return checks;
}

async function judge(
  { name, computed, oracle }: PrimitiveCheck,
  arithmetic: Arithmetic,
): Promise<EngineCheck> {
  const expected = oracle(runningError(arithmetic)).flat();
  const result = tidy(computed);
  try {
    const values = await result.data();
    if (values.length !== expected.length) return { name, measured: Infinity, allowed: 0 };
    const elements = expected.map(({ value, bound }, index) => ({
      name,
      measured: Math.abs((values[index] ?? Number.NaN) - value),
      allowed: bound,
    }));
    return worstOf(elements) ?? { name, measured: Infinity, allowed: 0 };
  } finally {
    result.dispose();
  }
}
