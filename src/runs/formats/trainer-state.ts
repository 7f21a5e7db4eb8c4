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
    for (const { file, records, digests } of histories) {
      const isCopy = file !== longest.file && digests.at(-1) === longest.digests[records];
      if (isCopy) {
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

/** A history, by its length and what stands in its first records: in none, in one, in two… */
interface History {
  readonly file: string;
  readonly records: number;
  readonly digests: readonly string[];
}

const NO_HISTORY: History = { file: '', records: -1, digests: [] };

async function historyOf(file: string): Promise<History> {
  const hash = createHash('sha1');
  const digests = [hash.copy().digest('base64')];
  const nothing = (): undefined => undefined;
  await readJsonParts(
    file,
    {
      opens: (key) => key === HISTORY.key,
      element: (text) => {
        hash.update(text);
        digests.push(hash.copy().digest('base64'));
      },
      member: nothing,
    },
    nothing,
  );
  return { file, records: digests.length - 1, digests };
}
