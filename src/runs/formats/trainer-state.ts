import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { Candidate, Format } from '../format.ts';
import { JsonParts } from '../text/json-parts.ts';
import { readJsonParts } from '../text/read-json.ts';
import { mayBeJson, readRecordList } from './json-records.ts';

const HISTORY = { key: 'log_history' };

const CHECKPOINT = /^checkpoint-\d+$/;

/**
 * What the Trainer of Hugging Face Transformers saves: all that was logged since the run began, in each checkpoint anew, so
 * that the checkpoints of one run hold growing copies of one history.
 */
export const trainerState: Format = {
  name: 'trainer-state',
  title: 'Transformers trainer_state.json',
  recognises: ({ head }: Candidate) => {
    if (!mayBeJson(head)) return false;
    const members = new Set<string>();
    new JsonParts({
      opens: (key) => key === HISTORY.key && members.add(key).size > 0,
      element: () => undefined,
      member: (key) => members.add(key),
      wrong: () => undefined,
    }).write(head);
    return [HISTORY.key, 'global_step'].every((key) => members.has(key));
  },
  runOf: (path) => {
    const folder = dirname(path);
    return CHECKPOINT.test(basename(folder)) ? dirname(folder) : folder;
  },
  read: async (paths, sink, { stepKey }) => {
    const histories: History[] = [];
    for (const path of paths) histories.push(await historyOf(path));
    // Of equal ones the first: that of the folder itself comes before those of its checkpoints.
    const longest = histories.reduce((best, one) => (one.records > best.records ? one : best), NO_HISTORY);
    const others = histories.filter(({ file }) => file !== longest.file);
    const counts = new Set(others.map(({ records }) => records));
    const beginnings = others.length === 0 ? undefined : await digestsOf(longest.file, counts);
    for (const { file, records, digest } of histories) {
      if (file !== longest.file && digest === beginnings?.get(records)) {
        const what = `its ${records} records are the first of ${longest.file}; they were not read again`;
        sink.run().problem({ kind: 'same-run-twice', place: { file }, what });
      } else {
        // A checkpoint that others do not go on from is of another run in the same folder.
        const run = file === longest.file ? sink.run() : sink.run(basename(dirname(file)));
        await readRecordList(file, HISTORY, run, { asked: stepKey, own: 'step' });
      }
    }
  },
};

/** A history, by its length and what stands in it. */
interface History {
  readonly file: string;
  readonly records: number;
  /** Of all of its records. */
  readonly digest: string;
}

const NO_HISTORY: History = { file: '', records: -1, digest: '' };

async function historyOf(file: string): Promise<History> {
  let records = 0;
  const hash = createHash('sha1');
  await eachText(file, (text) => {
    records += 1;
    hash.update(text);
  });
  return { file, records, digest: hash.digest('base64') };
}

/** Digests of the first records of a history, by their counts: of as many as there are other histories. */
async function digestsOf(file: string, counts: ReadonlySet<number>): Promise<ReadonlyMap<number, string>> {
  let records = 0;
  const hash = createHash('sha1');
  const digests = new Map<number, string>();
  const note = (): void => {
    if (counts.has(records)) digests.set(records, hash.copy().digest('base64'));
  };
  note();
  await eachText(file, (text) => {
    records += 1;
    hash.update(text);
    note();
  });
  return digests;
}

async function eachText(file: string, take: (text: string) => void): Promise<void> {
  const nothing = (): undefined => undefined;
  await readJsonParts(file, { opens: (key) => key === HISTORY.key, element: take, member: nothing }, nothing);
}
