import type { Stream } from '../numerics/stream.ts';

/**
 * A matrix (rows, columns), row-major, whose shorter side has orthonormal vectors, times a gain: Gaussian vectors made
 * orthogonal (Saxe, McClelland and Ganguli 2014). Drawn uniformly among all such matrices.
 */
export function orthogonalMatrix(
  stream: Stream,
  [rows, columns]: readonly [rows: number, columns: number],
  gain: number,
): Float32Array {
  const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
  const vectors: Float64Array[] = [];
  for (let index = 0; index < count; index += 1) {
    const vector = Float64Array.from({ length }, () => stream.normal());
    // Twice is enough: after the second pass what is left of the others is a rounding (Giraud and others 2005).
    for (let pass = 0; pass < 2; pass += 1) {
      for (const other of vectors) subtract(vector, other, dot(vector, other));
      scale(vector, 1 / Math.sqrt(dot(vector, vector)));
    }
    vectors.push(vector);
  }
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    const entry = rows < columns ? vectors[row]?.[column] : vectors[column]?.[row];
    return gain * (entry ?? Number.NaN);
  });
}

function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, x, index) => sum + x * (right[index] ?? Number.NaN), 0);
}

function subtract(vector: Float64Array, other: Float64Array, factor: number): void {
  for (let index = 0; index < vector.length; index += 1)
    vector[index] = (vector[index] ?? Number.NaN) - factor * (other[index] ?? Number.NaN);
}

function scale(vector: Float64Array, factor: number): void {
  for (let index = 0; index < vector.length; index += 1) vector[index] = (vector[index] ?? 0) * factor;
}
