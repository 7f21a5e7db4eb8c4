import { candidateAt } from '../candidate.ts';
import type { Format } from '../format.ts';
import { readRecordList, recordListIn } from './json-records.ts';

/** `[{"step": 1, "loss": 0.5}, …]`, or such a list under a key of an object. */
export const jsonArray: Format = {
  name: 'json-array',
  title: 'JSON lists of records',
  recognises: (file) => recordListIn(file) !== undefined,
  read: async (paths, sink, { stepKey }) => {
    for (const path of paths) {
      const list = recordListIn(candidateAt(path)) ?? { key: undefined };
      await readRecordList(path, list, sink, { asked: stepKey });
    }
  },
};
