import { describe, expect, it } from 'vitest';
import { orthogonalMatrix } from '../../src/nn/orthogonal.ts';
import { streamOf } from '../../src/numerics/stream.ts';

/** Inner products of the vectors along the shorter side. */
function products(matrix: Float32Array, rows: number, columns: number): readonly (readonly number[])[] {
  const count = Math.min(rows, columns);
  const entry = (vector: number, index: number): number =>
    (rows < columns ? matrix[vector * columns + index] : matrix[index * columns + vector]) ?? Number.NaN;
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_, j) =>
      Array.from({ length: Math.max(rows, columns) }, (_, k) => entry(i, k) * entry(j, k)).reduce(
        (sum, x) => sum + x,
        0,
      ),
    ),
  );
}

describe('orthogonalMatrix', () => {
  it.each([
    [5, 3],
    [3, 5],
    [4, 4],
    [7, 1],
    [1, 6],
  ] as const)('(%i, %i) has orthogonal vectors of the length of the gain', (rows, columns) => {
    const gain = 1.5;
    const matrix = orthogonalMatrix(streamOf(rows), [rows, columns], gain);
    expect(matrix).toHaveLength(rows * columns);
    for (const [i, row] of products(matrix, rows, columns).entries())
      for (const [j, product] of row.entries()) expect(product).toBeCloseTo(i === j ? gain * gain : 0, 5);
  });

  it('is drawn from the stream: the same again, another from another, and of either sign', () => {
    const draw = (seed: number): Float32Array => orthogonalMatrix(streamOf(seed), [3, 3], 1);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    const corners = Array.from({ length: 40 }, (_, seed) => Math.sign(draw(seed)[0] ?? 0));
    expect(new Set(corners)).toEqual(new Set([-1, 1]));
  });
});
