import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineReader } from '../../../src/verification/protocol/line-reader.ts';
import { fromWire, toWire } from '../../../src/verification/protocol/wire.ts';
import { ARRAY_OF, DTYPES, float32, sizeOf } from '../../../src/verification/tensor-value.ts';

const tensor = fc
  .record({
    dtype: fc.constantFrom(...DTYPES),
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
  })
  .chain(({ dtype, shape }) =>
    fc.uint8Array({ minLength: 8 * sizeOf(shape), maxLength: 8 * sizeOf(shape) }).map((bytes) => {
      const data = new ARRAY_OF[dtype](
        bytes.buffer.slice(0, sizeOf(shape) * ARRAY_OF[dtype].BYTES_PER_ELEMENT),
      );
      return { dtype, shape, data: dtype === 'bool' ? data.map((value) => value % 2) : data };
    }),
  );

const bytesOf = ({ data }: { readonly data: ArrayBufferView }): string =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');

test('any bits of any tensor come back', () => {
  fc.assert(
    fc.property(tensor, (value) => {
      const back = fromWire(JSON.parse(JSON.stringify(toWire(value)))) as typeof value;
      expect({ ...back, data: bytesOf(back) }).toEqual({ ...value, data: bytesOf(value) });
    }),
  );
});

test('any double comes back', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(fromWire(JSON.parse(JSON.stringify(toWire([value]))))).toEqual([value]);
    }),
  );
});

test('single precision is widened for a subject in double, nothing else', () => {
  const wide = fromWire(toWire({ x: float32([2], [0.1, -0]), n: 0.1 }, 'float64'));
  expect(wide).toEqual({
    x: { dtype: 'float64', shape: [2], data: Float64Array.of(Math.fround(0.1), -0) },
    n: 0.1,
  });
});

describe('a tensor that is none is refused, with its place', () => {
  const right = toWire(float32([2], [1, 2])) as Record<string, unknown>;
  test.each([
    ['an element short', { ...right, data: Buffer.alloc(4).toString('base64') }, '8 bytes'],
    ['a dtype that there is not', { ...right, dtype: 'float16' }, 'dtype'],
    ['a list of numbers', { ...right, data: [1, null] }, 'data'],
    ['no base64', { ...right, data: '*'.repeat(12) }, 'characters'],
    ['a flag of 2', { dtype: 'bool', shape: [1], data: Buffer.of(2).toString('base64') }, 'neither 0 nor 1'],
    ['one field more', { ...right, strides: [1] }, 'strides'],
  ])('%s', (_what, json, story) => {
    expect(() => fromWire({ zeta: json })).toThrow(expect.objectContaining({ code: 'tensor-malformed' }));
    expect(() => fromWire({ zeta: json })).toThrow(story);
    expect(() => fromWire({ zeta: json })).toThrow('the answer.zeta');
  });
});

describe('lines', () => {
  test('are put together from any chunks, and cut at newlines alone', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 5 }), (texts, size) => {
        const lines = texts.map((text) => JSON.stringify(text));
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const reader = new LineReader(1_000);
        const read: string[] = [];
        for (let at = 0; at < bytes.length; at += size)
          read.push(...(reader.read(bytes.subarray(at, at + size)) ?? []));
        expect(read).toEqual(lines);
      }),
    );
  });

  test('have a longest', () => {
    const reader = new LineReader(4);
    expect(reader.read(Buffer.from('abcd\nab'))).toEqual(['abcd']);
    expect(reader.read(Buffer.from('cde'))).toBeUndefined();
  });
});
