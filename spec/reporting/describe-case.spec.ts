import { describe, expect, test } from 'vitest';
import { describeCase } from '../../src/reporting/describe-case.ts';
import { float32 } from '../../src/verification/tensor-value.ts';

describe('describeCase', () => {
  test('names, types, rows, and digits that read back as the same single-precision number', () => {
    const text = describeCase(
      { parameters: float32([2, 2], [0.1, 0.97, 1 / 3, -0]), steps: 2, procedure: { state: 'ergodic' } },
      '',
    );
    expect(text).toBe(
      [
        'parameters: float32[2, 2]',
        '  [0.1, 0.97]',
        '  [0.33333334, -0]',
        'steps: 2',
        'procedure: { state: "ergodic" }',
      ].join('\n'),
    );
    expect(Math.fround(0.33333334)).toBe(Math.fround(1 / 3));
  });

  test('long tensors are cut, and say by how much', () => {
    expect(describeCase(float32([100], new Float32Array(100)), '')).toContain('… 52 more');
  });

  test('what JSON has no word for', () => {
    expect(describeCase({ rate: NaN, none: undefined, list: [1, -0, Infinity] }, '')).toBe(
      ['rate: NaN', 'none: undefined', 'list: [1, -0, Infinity]'].join('\n'),
    );
  });
});
