import { SubjectError } from '../../errors.ts';
import * as contract from '../contracts/index.ts';
import type { InputOf, OutputOf } from '../operation.ts';
import type { Handle, Subject } from '../subject.ts';
import { withObject } from './with-object.ts';
import type { TensorValue } from '../tensor-value.ts';
import type { DerivedOperation } from './derived-operation.ts';
import { derived } from './derived-operation.ts';
import { rowsOf, stacked, vectorOf } from '../tensor-rows.ts';

type Settings = InputOf<typeof contract.normaliserCreate>['settings'];
type Statistics = InputOf<typeof contract.normaliserCreate>['from'];
type Trace = OutputOf<typeof contract.normaliserRun>;

const OBJECT = [contract.normaliserCreate, contract.normaliserNormalise, contract.normaliserStatistics];

/** What is asked of normalisers as a whole, by way of one that the subject keeps. */
export const NORMALISER_OPERATIONS: readonly DerivedOperation[] = [
  derived(contract.normaliserRun, OBJECT, async (subject, { settings, batches, from }) => {
    return withObject(subject, await created(subject, settings, from), (object) =>
      traceOf(subject, object, rowsOf(batches)),
    );
  }),
  derived(contract.normaliserTransform, OBJECT, async (subject, { settings, statistics, batch, update }) => {
    return withObject(subject, await created(subject, settings, statistics), async (object) => {
      const answer = await subject.call(contract.normaliserNormalise, { object, batch, update });
      return { ...answer, statistics: required(await statisticsOf(subject, object)) };
    });
  }),
  derived(contract.normaliserEmpty, OBJECT, async (subject, { settings, batch }) => {
    return withObject(subject, await created(subject, settings, null), async (object) => {
      try {
        await subject.call(contract.normaliserNormalise, { object, batch, update: false });
        return { refused: false, message: '' };
      } catch (error) {
        if (error instanceof SubjectError && error.code === 'empty')
          return { refused: true, message: error.story.given ?? error.message };
        throw error;
      }
    });
  }),
  derived(
    contract.normaliserSaveLoad,
    [...OBJECT, contract.normaliserRestore],
    async (subject, { settings, batches, at }) => {
      const rows = rowsOf(batches);
      const restored = await withObject(subject, await created(subject, settings, null), async (object) => {
        for (const batch of rows.slice(0, at))
          await subject.call(contract.normaliserNormalise, { object, batch, update: true });
        return (await subject.call(contract.normaliserRestore, { object })).object;
      });
      return withObject(subject, restored, async (object) => {
        const loaded = await statisticsOf(subject, object);
        return { loaded, after: await traceOf(subject, object, rows.slice(at)) };
      });
    },
  ),
];

async function created(subject: Subject, settings: Settings, from: Statistics): Promise<Handle> {
  return (await subject.call(contract.normaliserCreate, { settings, from })).object;
}

async function statisticsOf(subject: Subject, object: Handle): Promise<Statistics> {
  return (await subject.call(contract.normaliserStatistics, { object })).statistics;
}

/** Updates with batches in turn; what the subject keeps alive is not counted. */
async function traceOf(subject: Subject, object: Handle, batches: readonly TensorValue[]): Promise<Trace> {
  const normalised: TensorValue[] = [];
  const shares: number[] = [];
  const statistics: NonNullable<Statistics>[] = [];
  for (const batch of batches) {
    const answer = await subject.call(contract.normaliserNormalise, { object, batch, update: true });
    normalised.push(answer.normalised);
    shares.push(answer.clippedShare);
    statistics.push(required(await statisticsOf(subject, object)));
  }
  return {
    normalised: stacked(normalised),
    clippedShare: vectorOf('float64', shares),
    mean: stacked(statistics.map(({ mean }) => mean)),
    variance: stacked(statistics.map(({ variance }) => variance)),
    count: vectorOf(
      'float64',
      statistics.map(({ count }) => count),
    ),
    tensors: vectorOf(
      'float64',
      batches.map(() => 0),
    ),
  };
}

/** @throws SubjectError `operation-output` */
function required(statistics: Statistics): NonNullable<Statistics> {
  if (statistics !== null) return statistics;
  throw new SubjectError({
    code: 'operation-output',
    what: 'normaliser.statistics answered null for a normaliser that has been updated',
    expected: contract.normaliserStatistics.summary,
  });
}
