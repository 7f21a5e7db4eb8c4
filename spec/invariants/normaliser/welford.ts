import * as contract from '../../../src/verification/contracts/index.ts';
import { IEEE_SINGLE } from '../../../src/numerics/arithmetic.ts';
import type { InputOf, OutputOf } from '../../../src/verification/operation.ts';
import type { Subject } from '../../../src/verification/subject.ts';
import { implement, inProcessSubject } from '../../../src/verification/subject.ts';
import type { TensorValue } from '../../../src/verification/tensor-value.ts';
import { float32 } from '../../../src/verification/tensor-value.ts';

/*
 * A normaliser as it is found in many trainers: mean and variance of everything seen so far, sample by sample, after
 * Welford (1962), on plain arrays in double precision. It is right for data that does not change, and never adapts.
 */

type Settings = InputOf<typeof contract.normaliserRun>['settings'];
type Plain = InputOf<typeof contract.normaliserTransform>['statistics'];
type Trace = OutputOf<typeof contract.normaliserRun>;

/** Statistics of one column; `samples` is what Welford's recursion counts. */
interface Column {
  readonly samples: number;
  readonly mean: number;
  readonly squares: number;
}

interface Welford {
  readonly batches: number;
  readonly columns: readonly Column[];
}

/** The subject: no engine, no tensors, and a gradient by the formula. */
export function welfordSubject(): Subject {
  return inProcessSubject({
    name: 'Welford',
    engine: 'plain arrays',
    arithmetic: IEEE_SINGLE,
    implementations: [
      implement(contract.normaliserRun, async ({ settings, batches, from }) => {
        const rows = rowsOf(batches);
        const start = from === null ? undefined : restored(from, perColumn(rows[0], settings));
        return run(start, rows, settings).trace;
      }),
      implement(contract.normaliserTransform, async ({ settings, statistics, batch, update }) => {
        const past = restored(statistics, perColumn(batch, settings));
        const now = update ? seen(past, batch, settings) : past;
        // What nothing was added to is handed back as it came.
        const after = update ? plain(now, batch, settings) : statistics;
        return { ...transformed(batch, now, settings), statistics: after };
      }),
      implement(contract.normaliserEmpty, async () => ({ refused: true, message: 'nothing was seen yet' })),
      implement(contract.normaliserSaveLoad, async ({ settings, batches, at }) => {
        const rows = rowsOf(batches);
        const { last } = run(undefined, rows.slice(0, at), settings);
        const loaded = JSON.parse(JSON.stringify(last)) as Welford;
        const { trace } = run(loaded, rows.slice(at), settings);
        return { loaded: plain(loaded, rows[0], settings), after: trace };
      }),
      implement(contract.normaliserGradient, async ({ settings, statistics, batch, cotangent }) => {
        const now = plain(
          seen(restored(statistics, perColumn(batch, settings)), batch, settings),
          batch,
          settings,
        );
        const gradient = Array.from(batch.data, (value, index) => {
          const z = quotient(value, index, now, settings);
          return Math.abs(z) > settings.clip
            ? 0
            : (cotangent.data[index] ?? 0) / deviation(index, now, settings);
        });
        return { batch: float32(batch.shape, gradient), ofMean: 0, ofVariance: 0, statistics: now };
      }),
    ],
  });
}

function run(
  start: Welford | undefined,
  batches: readonly TensorValue[],
  settings: Settings,
): { readonly trace: Trace; readonly last: Welford | undefined } {
  let last = start;
  const rows = batches.map((batch) => {
    last = seen(last, batch, settings);
    return { ...transformed(batch, last, settings), statistics: plain(last, batch, settings) };
  });
  const stacked = (values: readonly TensorValue[]): TensorValue =>
    float32(
      [values.length, ...(values[0]?.shape ?? [])],
      values.flatMap(({ data }) => [...data]),
    );
  const doubles = (values: readonly number[]): TensorValue => ({
    dtype: 'float64',
    shape: [values.length],
    data: Float64Array.from(values),
  });
  const trace = {
    normalised: stacked(rows.map(({ normalised }) => normalised)),
    mean: stacked(rows.map(({ statistics }) => statistics.mean)),
    variance: stacked(rows.map(({ statistics }) => statistics.variance)),
    clippedShare: doubles(rows.map(({ clippedShare }) => clippedShare)),
    count: doubles(rows.map(({ statistics }) => statistics.count)),
    tensors: doubles(rows.map(() => 0)),
  };
  return { trace, last };
}

/** n ← n + 1, d = x − m, m ← m + d/n, M ← M + d(x − m). */
function seen(past: Welford | undefined, batch: TensorValue, settings: Settings): Welford {
  const width = widthOf(batch, settings);
  const columns: Column[] = Array.from(
    { length: width },
    (_, column) => past?.columns[column] ?? { samples: 0, mean: 0, squares: 0 },
  );
  batch.data.forEach((value, index) => {
    const { samples, mean, squares } = columns[index % width] ?? { samples: 0, mean: 0, squares: 0 };
    const [count, distance] = [samples + 1, value - mean];
    const moved = mean + distance / count;
    columns[index % width] = { samples: count, mean: moved, squares: squares + distance * (value - moved) };
  });
  return { batches: (past?.batches ?? 0) + 1, columns };
}

function transformed(
  batch: TensorValue,
  statistics: Welford,
  settings: Settings,
): { readonly normalised: TensorValue; readonly clippedShare: number } {
  const now = plain(statistics, batch, settings);
  const quotients = Array.from(batch.data, (value, index) => quotient(value, index, now, settings));
  const { clip } = settings;
  return {
    normalised: float32(
      batch.shape,
      quotients.map((z) => Math.max(-clip, Math.min(clip, z))),
    ),
    clippedShare: quotients.filter((z) => Math.abs(z) > clip).length / quotients.length,
  };
}

function quotient(value: number, index: number, now: Plain, settings: Settings): number {
  return (value - (now.mean.data[index % now.mean.data.length] ?? 0)) / deviation(index, now, settings);
}

function deviation(index: number, { variance }: Plain, { epsilon, floor }: Settings): number {
  return Math.max(Math.sqrt((variance.data[index % variance.data.length] ?? 0) + epsilon), floor);
}

/** Statistics as the contract has them; variances are divided by n. */
function plain({ batches, columns }: Welford, batch: TensorValue | undefined, { scope }: Settings): Plain {
  const shape = batch?.shape.slice(scope === 'global' ? -1 : -2) ?? [];
  return {
    count: batches,
    mean: float32(
      shape,
      columns.map(({ mean }) => mean),
    ),
    variance: float32(
      shape,
      columns.map(({ squares, samples }) => squares / samples),
    ),
  };
}

/** Batches are of one size, so that their number tells that of the samples. */
function restored({ count, mean, variance }: Plain, samplesPerBatch: number): Welford {
  const samples = count * samplesPerBatch;
  const columns = Array.from(mean.data, (centre, column) => ({
    samples,
    mean: centre,
    squares: (variance.data[column] ?? 0) * samples,
  }));
  return { batches: count, columns };
}

function perColumn(batch: TensorValue | undefined, settings: Settings): number {
  return batch === undefined ? 0 : batch.data.length / widthOf(batch, settings);
}

function widthOf({ shape }: TensorValue, { scope }: Settings): number {
  return shape.slice(scope === 'global' ? -1 : -2).reduce((size, length) => size * length, 1);
}

function rowsOf({ dtype, shape, data }: TensorValue): readonly TensorValue[] {
  const [count = 0, ...rest] = shape;
  const size = data.length / count;
  return Array.from({ length: count }, (_, row) => ({
    dtype,
    shape: rest,
    data: data.slice(row * size, (row + 1) * size),
  }));
}
