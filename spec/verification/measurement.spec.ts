import { describe, expect, test } from 'vitest';
import {
  agree,
  agreesWithOracle,
  bitEqual,
  ratioOf,
  same,
  violates,
} from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';

describe('measurements', () => {
  test('the bound itself does not violate, the next number does', () => {
    expect(violates(agree('x', 1, 0, 1))).toBe(false);
    expect(violates(agree('x', 1 + 2 ** -52, 0, 1))).toBe(true);
  });

  test.each([
    [NaN, 0, 1],
    [0, NaN, 1],
    [Infinity, Infinity, 1],
    [0, 0, NaN],
    [0, 0, Infinity],
    [1, 0, 0],
  ])('got %d, expected %d, allowed %d violates', (got, expected, allowed) => {
    expect(violates(agree('x', got, expected, allowed))).toBe(true);
  });

  test('exact agreement needs no room', () => {
    expect(ratioOf(agree('x', 3, 3, 0))).toBe(0);
    expect(violates(same('shape', '[3]', '[1, 3]'))).toBe(true);
  });

  test('the worst element is reported, with its place', () => {
    const oracle = [1, 2, 3].map((value) => ({ value, bound: 0.1 }));
    const measurement = agreesWithOracle('y', float32([3], [1, 2.5, 3.05]), oracle);
    expect(measurement).toMatchObject({ at: 'sample 1', got: '2.5', expected: '2' });
  });

  test('a tensor of another size is a violation of its own', () => {
    expect(violates(agreesWithOracle('y', float32([9], new Float32Array(9)), [{ value: 0, bound: 1 }]))).toBe(
      true,
    );
  });

  test('an empty tensor proves nothing', () => {
    expect(violates(agreesWithOracle('y', float32([0], []), []))).toBe(true);
  });

  test('bits: NaN equals nothing, −0 is not 0, types count', () => {
    const one = float32([1], [1]);
    expect(violates(bitEqual('y', one, one))).toBe(false);
    expect(violates(bitEqual('y', float32([1], [NaN]), float32([1], [NaN])))).toBe(true);
    expect(violates(bitEqual('y', float32([1], [-0]), float32([1], [0])))).toBe(true);
    expect(violates(bitEqual('y', float32([1, 1], [1]), one))).toBe(true);
  });
});
