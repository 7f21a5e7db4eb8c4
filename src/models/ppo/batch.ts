/** The samples of an update, on the host: n rows each. A actions, C components of the reward, O observations. */
export interface PpoBatch {
  /** (n, O), as the network was fed. */
  readonly observations: Float32Array;
  /** (n, A): raw samples, or one-hot rows. */
  readonly actions: Float32Array;
  /** (n): log π of the samples as they were drawn. */
  readonly logProbabilities: Float32Array;
  /** (n, A): logits or means of the policy that drew them. */
  readonly policies: Float32Array;
  /** (n). */
  readonly advantages: Float32Array;
  /** (n, C), in the units of the loss. */
  readonly values: Float32Array;
  readonly targets: Float32Array;
  readonly ranges: Float32Array;
}

const COLUMNS = Object.freeze([
  'observations',
  'actions',
  'logProbabilities',
  'policies',
  'advantages',
  'values',
  'targets',
  'ranges',
] as const satisfies readonly (keyof PpoBatch)[]);

/** The rows of these numbers, in this order. */
export function rowsOf(batch: PpoBatch, rows: ArrayLike<number>): PpoBatch {
  const count = batch.logProbabilities.length;
  const chosen = COLUMNS.map((name) => {
    const [from, width] = [batch[name], batch[name].length / count];
    const to = new Float32Array(rows.length * width);
    for (let row = 0; row < rows.length; row += 1) {
      const start = (rows[row] ?? Number.NaN) * width;
      to.set(from.subarray(start, start + width), row * width);
    }
    return [name, to] as const;
  });
  return Object.fromEntries(chosen) as unknown as PpoBatch;
}

/** n row numbers in random order (Fisher and Yates), each once. */
export function shuffledRows(
  count: number,
  random: { integer(lo: number, hi: number): number },
): Uint32Array {
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = random.integer(0, last);
    [rows[last], rows[other]] = [rows[other] ?? 0, rows[last] ?? 0];
  }
  return rows;
}
