import { describe, expect, it } from 'vitest';
import { choleskyOf, choleskySolve } from '../../src/numerics/cholesky.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';

/** BBᵀ + I of a random B (n, 3), symmetric and positive definite, row-major. */
function matrixOf(size: number): Float64Array {
  const factor = normals(streamOf(size), 3 * size);
  return Float64Array.from({ length: size * size }, (_, place) => {
    const [row, column] = [Math.floor(place / size), place % size];
    const products = [0, 1, 2].map((k) => (factor[3 * row + k] ?? 0) * (factor[3 * column + k] ?? 0));
    return products.reduce((sum, product) => sum + product, row === column ? 1 : 0);
  });
}

describe('choleskyOf', () => {
  it('is the square root of a 2 × 2 matrix that one can do by hand', () => {
    const factor = choleskyOf([4, 2, 2, 10], 2);
    expect([0, 2, 3].map((place) => factor?.lower[place])).toEqual([2, 1, 3]);
  });

  it('adds the shift to the diagonal, and reads the lower triangle alone', () => {
    const factor = choleskyOf([3, Number.NaN, 2, 9], 2, 1);
    expect([0, 2, 3].map((place) => factor?.lower[place])).toEqual([2, 1, 3]);
  });

  // Around the block of 64 columns and the tiles of 4 rows by 2 columns.
  it.each([1, 2, 3, 5, 63, 64, 65, 66, 67, 130, 193])('solves a system of %i equations', (size) => {
    const matrix = matrixOf(size);
    const exact = normals(streamOf('solution'), size);
    const right = exact.map((_, row) =>
      exact.reduce((sum, value, column) => sum + (matrix[row * size + column] ?? 0) * value, 0),
    );
    const factor = choleskyOf(matrix, size);
    if (factor === undefined) throw new Error('no factor');
    const worst = choleskySolve(factor, right).reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (exact[index] ?? 0))),
      0,
    );
    // n·u·cond with cond ≤ 1 + ‖B‖² < 1000.
    expect(worst).toBeLessThan(size * 1000 * 2 ** -53 + 1e-15);
  });

  it.each([
    ['indefinite', [1, 2, 2, 1]],
    ['singular', [1, 1, 1, 1]],
    ['not a number', [1, 0, Number.NaN, 1]],
    ['infinite', [Infinity, 0, 0, 1]],
    ['negative', [-1, 0, 0, 1]],
  ])('has no factor of a matrix that is %s', (_, matrix) => {
    expect(choleskyOf(matrix, 2)).toBeUndefined();
  });
});
