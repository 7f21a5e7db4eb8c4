import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBitExact, toBitExact } from '../../src/verification/bit-exact.ts';

const numbers = fc.oneof(fc.double(), fc.constantFrom(-0, NaN, Infinity, -Infinity, 5e-324, 2 ** 53));
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    numbers,
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.float32Array(),
    fc.float64Array(),
    fc.int32Array(),
    fc.uint8Array(),
    fc.array(tie('value')),
    fc.dictionary(
      fc
        .string({ minLength: 1 })
        .filter((key) => !key.startsWith('$') && !['__proto__', 'constructor'].includes(key)),
      tie('value'),
      { noNullPrototype: true },
    ),
  ),
})).value;

describe('bit-exact JSON', () => {
  test('every value comes back from text as it was, bit for bit', () => {
    fc.assert(
      fc.property(values, (value) => {
        const back = fromBitExact(JSON.parse(JSON.stringify(toBitExact(value))));
        expect(back).toStrictEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test('negative zero and the payload of a NaN survive', () => {
    expect(Object.is(fromBitExact(JSON.parse(JSON.stringify(toBitExact(-0)))), -0)).toBe(true);
    const payload = new Float32Array(new Uint32Array([0x7fc01234]).buffer);
    const back = fromBitExact(JSON.parse(JSON.stringify(toBitExact(payload))));
    expect(new Uint32Array((back as Float32Array).buffer)[0]).toBe(0x7fc01234);
  });

  test('a view into a larger buffer is stored without its surroundings', () => {
    const view = new Float32Array(new Float32Array([1, 2, 3, 4]).buffer, 4, 2);
    expect(fromBitExact(toBitExact(view))).toStrictEqual(new Float32Array([2, 3]));
  });
});
