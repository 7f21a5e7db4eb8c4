import * as tf from '@tensorflow/tfjs';

/**
 * Rows that are multiplied at a time. Engines add up a product in single precision row by row, so that its error grows
 * with their number; a Gram matrix that is off by more than its damping is not positive definite any more.
 */
const CHUNK = 500;

/** JᵀJ (P, P) of a matrix J (N, P). */
export function gramMatrix(matrix: tf.Tensor2D): tf.Tensor2D {
  const [rows, columns] = matrix.shape;
  let sum: tf.Tensor2D | undefined;
  for (let start = 0; start < rows; start += CHUNK) {
    const length = Math.min(CHUNK, rows - start);
    const chunk = tf.slice2d(matrix, [start, 0], [length, columns]);
    const product = transposedProduct(chunk);
    const next: tf.Tensor2D = sum === undefined ? product : tf.add(sum, product);
    tf.dispose(sum === undefined ? [chunk] : [chunk, sum, product]);
    sum = next;
  }
  return sum ?? tf.zeros([columns, columns]);
}

/** Why wasm is given a transposed matrix is said in dense.ts. */
function transposedProduct(matrix: tf.Tensor2D): tf.Tensor2D {
  if (tf.getBackend() !== 'wasm') return tf.matMul<tf.Tensor2D>(matrix, matrix, true, false);
  const transposed = tf.transpose(matrix);
  const product: tf.Tensor2D = tf.matMul(transposed, matrix);
  transposed.dispose();
  return product;
}
