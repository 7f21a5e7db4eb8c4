import { isDeepStrictEqual } from 'node:util';
import { PlumblineError } from '../../errors.ts';
import { toBitExact } from '../bit-exact.ts';
import type { TensorValue } from '../tensor-value.ts';
import { ARRAY_OF, sizeOf } from '../tensor-value.ts';
import type { SubjectSession } from './subject-session.ts';

/** Values that an adapter is likely to lose, by what they are. */
const VALUES: Readonly<Record<string, unknown>> = {
  'a float32 tensor with −0, NaN, infinities and subnormals': tensor(
    'float32',
    [2, 3],
    [-0, NaN, Infinity, -Infinity, 1e-45, 0.1],
  ),
  'a float64 tensor with all its digits': tensor('float64', [3], [0.1, 1 / 3, -5e-324]),
  'an int32 tensor with its extremes': tensor('int32', [2, 1], [-(2 ** 31), 2 ** 31 - 1]),
  'a bool tensor': tensor('bool', [3], [1, 0, 1]),
  'a tensor without elements': tensor('float32', [0, 3], []),
  'a tensor of rank 3': tensor('float32', [2, 1, 2], [1, 2, 3, 4]),
  'numbers that JSON lacks': [-0, NaN, Infinity, -Infinity],
  'numbers with all their digits': [0.1, 1e308, 5e-324, 2 ** 53],
  'words, flags, nothing, lists and names': {
    text: 'κ = 0.1, "ζ"\n',
    flag: true,
    none: null,
    list: [[], [1]],
  },
};

/** Sends values to a subject and back: one story for each that comes back as another. */
export async function echoFailures(session: SubjectSession): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const [what, value] of Object.entries(VALUES)) {
    try {
      const answer = await session.ask('echo', { value });
      if (!isDeepStrictEqual(toBitExact(answer), toBitExact({ value })))
        failures.push(`${what}: ${shown(value)} came back as ${shown(answer)}`);
    } catch (error) {
      if (!(error instanceof PlumblineError)) throw error;
      failures.push(`${what}: ${error.message}`);
    }
  }
  return failures;
}

function tensor(
  dtype: TensorValue['dtype'],
  shape: readonly number[],
  values: readonly number[],
): TensorValue {
  if (sizeOf(shape) !== values.length) throw new RangeError('a shape does not fit its values');
  return { dtype, shape, data: ARRAY_OF[dtype].from(values) };
}

function shown(value: unknown): string {
  return JSON.stringify(toBitExact(value));
}
