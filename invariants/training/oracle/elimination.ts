/** A matrix as rows, in double precision. */
export type Rows = readonly (readonly number[])[];

/**
 * A⁻¹ of a square matrix by Gauss–Jordan elimination with partial pivoting; not the factorisation of the code under
 * test. Elements are not finite where A is singular.
 */
export function inverse(matrix: Rows): Rows {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...matrix.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < size; column += 1) {
    const below = rows.slice(column).map((row) => Math.abs(row[column] ?? 0));
    const pivot = column + below.indexOf(Math.max(...below));
    const [here = [], chosen = []] = [rows[column], rows[pivot]];
    rows[pivot] = here;
    const divisor = chosen[column] ?? Number.NaN;
    const scaled = chosen.map((value) => value / divisor);
    rows[column] = scaled;
    rows.forEach((row, index) => {
      const factor = row[column] ?? 0;
      if (index !== column) rows[index] = row.map((value, j) => value - factor * (scaled[j] ?? 0));
    });
  }
  return rows.map((row) => row.slice(size));
}

/** A x. */
export function times(matrix: Rows, x: readonly number[]): readonly number[] {
  return matrix.map((row) => inner(row, x));
}

/** xᵀy. */
export function inner(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, index) => sum + value * (y[index] ?? Number.NaN), 0);
}

/** Aᵀ. */
export function transposed(matrix: Rows): Rows {
  return (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] ?? Number.NaN));
}

/** |A|, element by element. */
export function magnitudes(matrix: Rows): Rows {
  return matrix.map((row) => row.map(Math.abs));
}
