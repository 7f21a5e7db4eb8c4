import { expect, test } from 'vitest';
import { spearman } from '../../src/numerics/index.ts';

test('is 1 for what rises, −1 for what falls, whatever the shape', () => {
  expect(spearman([1, 2, 3, 4], [1, 8, 27, 64])).toBe(1);
  expect(spearman([1, 2, 3, 4], [9, 4, 1, -5])).toBe(-1);
});

test('shares ranks of equal values, as R does', () => {
  // cor(c(1,2,2,3), c(1,3,2,4), method = "spearman")
  expect(spearman([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(0.9486833, 7);
});

test('is 0 where one does not vary', () => {
  expect(spearman([1, 2, 3], [5, 5, 5])).toBe(0);
});

test('refuses lists of different lengths', () => {
  expect(() => spearman([1, 2], [1])).toThrow('points-unusable');
});
