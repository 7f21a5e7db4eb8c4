/** A matrix as its rows. */
export type Matrix = readonly (readonly number[])[];

/** AB of (n, k) and (k, m). */
export function product(left: Matrix, right: Matrix): Matrix {
  const columns = transposed(right);
  return left.map((row) => columns.map((column) => dot(row, column)));
}

/** Av of (n, k) and (k). */
export function applied(matrix: Matrix, vector: readonly number[]): readonly number[] {
  return matrix.map((row) => dot(row, vector));
}

/** Aᵀ. */
export function transposed(matrix: Matrix): Matrix {
  return (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] ?? Number.NaN));
}

/** A + factor · B, of one shape. */
export function sum(left: Matrix, right: Matrix, factor = 1): Matrix {
  return left.map((row, i) => row.map((value, j) => value + factor * (right[i]?.[j] ?? Number.NaN)));
}

/** The square matrix with this diagonal, and zeros. */
export function diagonal(values: readonly number[]): Matrix {
  return values.map((value, row) => values.map((_, column) => (row === column ? value : 0)));
}

/** The sum of the diagonal. */
export function trace(matrix: Matrix): number {
  return matrix.reduce((total, row, i) => total + (row[i] ?? Number.NaN), 0);
}

/** vᵀAv. */
export function quadratic(matrix: Matrix, vector: readonly number[]): number {
  return dot(vector, applied(matrix, vector));
}

/** The largest absolute value. */
export function largest(matrix: Matrix): number {
  return Math.max(0, ...matrix.flat().map(Math.abs));
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((total, value, i) => total + value * (right[i] ?? Number.NaN), 0);
}
