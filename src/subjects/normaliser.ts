import * as tf from '@tensorflow/tfjs';
import { InputError } from '../errors.ts';
import type { NormaliserKit, NormaliserSettings, NormaliserStatistics } from '../nn/index.ts';
import { onTape, releaseStatistics } from '../nn/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { InputOf, OutputOf } from '../verification/operation.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import { rowsOf } from '../verification/tensor-rows.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { doubles } from './doubles.ts';
import type { EngineKit, Kit } from './kit.ts';
import { stack } from './stack.ts';
import { download, upload } from './transfer.ts';

type PlainStatistics = InputOf<typeof contract.normaliserTransform>['statistics'];
type Trace = OutputOf<typeof contract.normaliserRun>;

/** The running normaliser as operations: what it made of batches, remembered, saved and refused. */
export function normaliserOperations({ normaliser, engine }: Kit): readonly Implementation[] {
  return [
    implement(contract.normaliserRun, async ({ settings, batches, from }) => {
      const start = from === null ? undefined : uploadStatistics(from);
      const { trace, statistics } = await run(normaliser, engine, settings, rowsOf(batches), start);
      releaseStatistics(statistics);
      return trace;
    }),
    implement(contract.normaliserTransform, async ({ settings, statistics, batch, update }) => {
      const past = uploadStatistics(statistics);
      const x = upload(batch);
      const answer = normaliser.normalise(normaliser, { batch: x, statistics: past, settings, update });
      try {
        return {
          normalised: await download(answer.normalised),
          clippedShare: await numberOf(answer.clippedShare),
          statistics: await downloadStatistics(answer.statistics),
        };
      } finally {
        tf.dispose([x, answer.normalised, answer.clippedShare]);
        releaseStatistics(past, answer.statistics);
        releaseStatistics(answer.statistics);
      }
    }),
    implement(contract.normaliserEmpty, async ({ settings, batch }) => {
      try {
        tf.tidy(() => {
          const request = { batch: upload(batch), statistics: undefined, settings, update: false };
          normaliser.normalise(normaliser, request);
        });
        return { refused: false, message: '' };
      } catch (error) {
        if (error instanceof InputError) return { refused: true, message: error.message };
        throw error;
      }
    }),
    implement(contract.normaliserSaveLoad, async ({ settings, batches, at }) => {
      const rows = rowsOf(batches);
      const { statistics } = await run(normaliser, engine, settings, rows.slice(0, at), undefined);
      const saved = await normaliser.save(statistics);
      releaseStatistics(statistics);
      const restored = normaliser.load(saved);
      const loaded = restored === undefined ? null : await downloadStatistics(restored);
      const after = await run(normaliser, engine, settings, rows.slice(at), restored);
      releaseStatistics(after.statistics);
      return { loaded, after: after.trace };
    }),
    implement(contract.normaliserGradient, async ({ settings, statistics, batch, cotangent }) => {
      const [past, x, weights] = [uploadStatistics(statistics), upload(batch), upload(cotangent)];
      const answerOf = (input: tf.Tensor) =>
        normaliser.normalise(normaliser, { batch: input, statistics: past, settings, update: true });
      const gradientOf = (scalarOf: (answer: ReturnType<typeof answerOf>) => tf.Tensor): tf.Tensor =>
        onTape(() => tf.grad((input) => scalarOf(answerOf(input)))(x));
      const inBatch = gradientOf(({ normalised }) => tf.sum(tf.mul(normalised, weights)));
      const inMean = gradientOf((answer) => tf.sum(answer.statistics.mean));
      const inVariance = gradientOf((answer) => tf.sum(answer.statistics.variance));
      const { statistics: updated, ...made } = answerOf(x);
      try {
        return {
          batch: await download(inBatch),
          ofMean: await largest(inMean),
          ofVariance: await largest(inVariance),
          statistics: await downloadStatistics(updated),
        };
      } finally {
        tf.dispose([x, weights, inBatch, inMean, inVariance, made.normalised, made.clippedShare]);
        releaseStatistics(past);
        releaseStatistics(updated);
      }
    }),
  ];
}

/** Feeds batches in turn. The statistics given are disposed of once they are replaced; the last are the caller's. */
async function run(
  kit: NormaliserKit,
  engine: EngineKit,
  settings: NormaliserSettings,
  batches: readonly TensorValue[],
  start: NormaliserStatistics | undefined,
): Promise<{ readonly trace: Trace; readonly statistics: NormaliserStatistics | undefined }> {
  const rows: Record<'normalised' | 'mean' | 'variance', TensorValue[]> = {
    normalised: [],
    mean: [],
    variance: [],
  };
  const [shares, counts, tensors]: [number[], number[], number[]] = [[], [], []];
  let statistics = start;
  for (const batch of batches) {
    const x = upload(batch);
    const answer = kit.normalise(kit, { batch: x, statistics, settings, update: true });
    releaseStatistics(statistics, answer.statistics);
    statistics = answer.statistics;
    rows.normalised.push(await download(answer.normalised));
    rows.mean.push(await download(statistics.mean));
    rows.variance.push(await download(statistics.variance));
    shares.push(await numberOf(answer.clippedShare));
    counts.push(statistics.count);
    tf.dispose([x, answer.normalised, answer.clippedShare]);
    tensors.push(engine.memory().tensors);
  }
  return {
    trace: {
      normalised: stack(rows.normalised),
      mean: stack(rows.mean),
      variance: stack(rows.variance),
      clippedShare: doubles(shares),
      count: doubles(counts),
      tensors: doubles(tensors),
    },
    statistics,
  };
}

function uploadStatistics({ count, mean, variance }: PlainStatistics): NormaliserStatistics {
  return { count, mean: upload(mean), variance: upload(variance) };
}

async function downloadStatistics({ count, mean, variance }: NormaliserStatistics): Promise<PlainStatistics> {
  return { count, mean: await download(mean), variance: await download(variance) };
}

async function numberOf(scalar: tf.Tensor): Promise<number> {
  return (await scalar.data())[0] ?? Number.NaN;
}

/** Of the absolute values; NaN where one is. */
async function largest(gradient: tf.Tensor): Promise<number> {
  const { data } = await download(gradient);
  return Math.max(0, ...Array.from(data, Math.abs));
}
