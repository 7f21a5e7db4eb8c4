/** The lower triangle L of A = LLᵀ, row-major in n² places; what is above the diagonal is not defined. */
export interface CholeskyFactor {
  readonly size: number;
  readonly lower: Float64Array;
}

/** Columns that are eliminated at a time: 32, 64 and 128 take equally long for n of 1490 and 2498. */
const BLOCK = 64;

/**
 * The Cholesky factor of a symmetric matrix (n, n), of which the lower triangle is read, with `shift` added to its
 * diagonal, in double precision; undefined when that is not positive definite, or not finite.
 *
 * By blocks of columns (Golub and Van Loan, §4.2.9): a block is subtracted from all that is to the right of it before
 * the next begins, so that it is read from the cache.
 */
export function choleskyOf(matrix: ArrayLike<number>, size: number, shift = 0): CholeskyFactor | undefined {
  const lower = new Float64Array(matrix);
  for (let row = 0; row < size; row += 1) lower[row * size + row] = at(lower, row * size + row) + shift;
  for (let start = 0; start < size; start += BLOCK) {
    const end = Math.min(start + BLOCK, size);
    if (!factorColumns(lower, size, start, end)) return undefined;
    subtractBlock(lower, size, start, end);
  }
  return { size, lower };
}

/** The solution x of LLᵀx = b. */
export function choleskySolve({ size, lower }: CholeskyFactor, right: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    let sum = at(x, row);
    for (let column = 0; column < row; column += 1) sum -= at(lower, row * size + column) * at(x, column);
    x[row] = sum / at(lower, row * size + row);
  }
  // By columns of Lᵀ, which are rows of L.
  for (let row = size - 1; row >= 0; row -= 1) {
    const value = at(x, row) / at(lower, row * size + row);
    x[row] = value;
    for (let column = 0; column < row; column += 1)
      x[column] = at(x, column) - at(lower, row * size + column) * value;
  }
  return x;
}

/** Columns `start` … `end` of the factor, of a matrix from which those before have been subtracted. */
function factorColumns(lower: Float64Array, size: number, start: number, end: number): boolean {
  for (let row = start; row < size; row += 1) {
    const last = Math.min(row, end - 1);
    for (let column = start; column <= last; column += 1) {
      let sum = at(lower, row * size + column);
      for (let k = start; k < column; k += 1) sum -= at(lower, row * size + k) * at(lower, column * size + k);
      if (row > column) lower[row * size + column] = sum / at(lower, column * size + column);
      // A comparison that NaN fails too.
      else if (sum > 0 && Number.isFinite(sum)) lower[row * size + row] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/**
 * Subtracts the products of columns `start` … `end` from the lower triangle to their right, four rows by two columns at
 * a time: eight sums stay in registers. The block is copied first, since rows of the matrix itself lie a power of two
 * apart often enough to push each other out of the cache (1.25 against 5 s for n = 2498).
 */
function subtractBlock(lower: Float64Array, size: number, start: number, end: number): void {
  const [rows, width] = [size - end, end - start];
  const block = new Float64Array(4 * Math.ceil(rows / 4) * width);
  for (let row = 0; row < rows; row += 1) {
    const from = (end + row) * size + start;
    block.set(lower.subarray(from, from + width), row * width);
  }
  const sums = new Float64Array(8);
  for (let row = 0; row < rows; row += 4) {
    for (let column = 0; column < Math.min(row + 4, rows); column += 2) {
      multiply(block, width, row, column, sums);
      for (let i = row; i < Math.min(row + 4, rows); i += 1) {
        for (let j = column; j < Math.min(column + 2, rows); j += 1) {
          const place = (end + i) * size + end + j;
          lower[place] = at(lower, place) - at(sums, 2 * (i - row) + j - column);
        }
      }
    }
  }
}

/** Products of four rows of a block with two others, into eight sums. */
function multiply(block: Float64Array, width: number, row: number, column: number, sums: Float64Array): void {
  // Neither destructuring nor closures here: both are several times as slow.
  const first = row * width;
  const second = first + width;
  const third = second + width;
  const fourth = third + width;
  const left = column * width;
  const right = left + width;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  for (let k = 0; k < width; k += 1) {
    const u = at(block, left + k);
    const v = at(block, right + k);
    const w = at(block, first + k);
    const x = at(block, second + k);
    const y = at(block, third + k);
    const z = at(block, fourth + k);
    a += w * u;
    b += w * v;
    c += x * u;
    d += x * v;
    e += y * u;
    f += y * v;
    g += z * u;
    h += z * v;
  }
  sums[0] = a;
  sums[1] = b;
  sums[2] = c;
  sums[3] = d;
  sums[4] = e;
  sums[5] = f;
  sums[6] = g;
  sums[7] = h;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}
