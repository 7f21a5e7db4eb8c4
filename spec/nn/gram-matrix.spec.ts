import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { gramMatrix } from '../../src/nn/gram-matrix.ts';
import { onWasm, readOne } from './on-wasm.ts';

onWasm();

describe('gramMatrix', () => {
  it.each([
    [3, 1],
    [5, 2],
    [7, 9],
    [1203, 13],
  ])('is the lower triangle of JᵀJ for J of %i by %i', async (rows, columns) => {
    const values = Float32Array.from({ length: rows * columns }, (_, index) => Math.sin(3 * index + 1));
    const at = (row: number, column: number): number => values[row * columns + column] ?? Number.NaN;
    const gram = await readOne(() => gramMatrix(tf.tensor2d(values, [rows, columns])));
    expect(gram).toHaveLength(columns ** 2);
    for (let i = 0; i < columns; i += 1) {
      for (let j = 0; j <= i; j += 1) {
        let sum = 0;
        for (let row = 0; row < rows; row += 1) sum += at(row, i) * at(row, j);
        expect(Math.abs((gram[i * columns + j] ?? Number.NaN) - sum)).toBeLessThan(rows * 1e-6);
      }
    }
  });
});
