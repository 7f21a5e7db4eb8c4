import * as tf from '@tensorflow/tfjs';

/**
 * Rows that are multiplied at a time. Engines add up a product in single precision row by row, so that its error grows
 * with their number; a Gram matrix that is off by more than its damping is not positive definite any more.
 */
const CHUNK = 500;

/** Columns are multiplied in so many parts, of which only those on and below the diagonal: 5/8 of all products. */
const PARTS = 4;

/**
 * The lower triangle of JᵀJ (P, P) of a matrix J (N, P); elements far above the diagonal are 0. A factorisation reads
 * no others.
 */
export function gramMatrix(matrix: tf.Tensor2D): tf.Tensor2D {
  const [rows, columns] = matrix.shape;
  const sums: tf.Tensor2D[] = [];
  for (let start = 0; start < rows; start += CHUNK) {
    tf.tidy(() => {
      const chunk = tf.slice2d(matrix, [start, 0], [Math.min(CHUNK, rows - start), columns]);
      partsOf(columns).forEach(([from, to], part) => {
        const product = transposedProduct(columnsOf(chunk, from, to), columnsOf(chunk, 0, to));
        const before = sums[part];
        sums[part] = tf.keep(before === undefined ? product : tf.add(before, product));
        before?.dispose();
      });
    });
  }
  return tf.tidy(() => {
    const parts = sums.map((sum) =>
      tf.pad2d(sum, [
        [0, 0],
        [0, columns - sum.shape[1]],
      ]),
    );
    tf.dispose(sums);
    return tf.concat2d(parts, 0);
  });
}

/** First and past-the-last column of each part. */
function partsOf(columns: number): readonly (readonly [number, number])[] {
  const ends = Array.from({ length: PARTS }, (_, part) => Math.ceil(((part + 1) * columns) / PARTS));
  return [...new Set(ends)].map((to, part, all) => [all[part - 1] ?? 0, to] as const);
}

function columnsOf(matrix: tf.Tensor2D, from: number, to: number): tf.Tensor2D {
  return tf.slice2d(matrix, [0, from], [matrix.shape[0], to - from]);
}

/** Why wasm is given a transposed matrix is said in dense.ts. */
function transposedProduct(left: tf.Tensor2D, right: tf.Tensor2D): tf.Tensor2D {
  if (tf.getBackend() === 'wasm') return tf.matMul(tf.transpose(left), right);
  return tf.matMul(left, right, true, false);
}
