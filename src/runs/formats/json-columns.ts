import type { Candidate, Format } from '../format.ts';
import { RecordRows } from '../record-rows.ts';
import type { RunSink } from '../row.ts';
import { excerpt } from '../text/excerpt.ts';
import { JsonParts } from '../text/json-parts.ts';
import { numberInText } from '../text/json-text.ts';
import { readJsonParts } from '../text/read-json.ts';
import { mayBeJson, valueIn } from './json-records.ts';

/** Of all columns together: 80 MB. Who logs more values does not write them in one object at the end. */
const MAXIMUM_VALUES = 10_000_000;

/** Where a value is null, and no number is there. */
const NOTHING = Symbol('nothing');

/** `{"loss": [0.5, 0.4], "val_loss": [0.6, 0.5]}`, as the history of Keras is saved: a list a metric, a value an epoch. */
export const jsonColumns: Format = {
  name: 'json-columns',
  title: 'JSON objects of lists',
  recognises: ({ head, size }: Candidate) => {
    if (!mayBeJson(head)) return false;
    const lengths = new Map<string, number>();
    let others = 0;
    const parts = new JsonParts({
      opens: (key) => key !== undefined,
      element: (text, _line, key = '') => {
        lengths.set(key, (lengths.get(key) ?? 0) + 1);
        if (numberFrom(text) === undefined) others += 1;
      },
      member: () => (others += 1),
      wrong: () => (others += 1),
    });
    parts.write(head);
    const counts = [...lengths.values()];
    // The last list of the head goes on where the file does; a list of one number is a setting.
    if (size > head.length) counts.pop();
    else if (parts.end() !== undefined) return false;
    const isEqual = counts.every((count) => count > 1 && count === counts[0]);
    return lengths.size > 0 && others === 0 && isEqual;
  },
  read: async (paths, sink, { stepKey }) => {
    for (const path of paths) await readFile(path, sink.run(), stepKey);
  },
};

async function readFile(file: string, run: RunSink, stepKey?: string): Promise<void> {
  const columns = new Map<string, { readonly line: number; readonly values: (number | typeof NOTHING)[] }>();
  let [count, isDamaged] = [0, false];
  const element = (text: string, line: number, key = ''): void => {
    const column = columns.get(key) ?? { line, values: [] };
    columns.set(key, column);
    count += 1;
    if (count > MAXIMUM_VALUES) return;
    const value = numberFrom(text);
    if (value === undefined) {
      const what = `no number in "${key}": ${excerpt(text)}; it was not read`;
      run.problem({ kind: 'record-not-understood', place: { file, line }, what });
    }
    column.values.push(value ?? NOTHING);
  };
  await readJsonParts(
    file,
    {
      opens: (key) => key !== undefined,
      element,
      member: (key, _text, line) => {
        run.other(key, 'no list', { file, line });
      },
    },
    (problem) => {
      isDamaged = true;
      run.problem(problem);
    },
  );
  const refuse = (what: string): void => {
    run.problem({ kind: 'line-too-long', place: { file, line: 1 }, what });
  };
  if (count > MAXIMUM_VALUES) refuse(`there are ${count} values in one object; nothing was read`);
  // Rows are as whole as the whole object is: columns that are missing may be those of steps.
  if (count > MAXIMUM_VALUES || isDamaged) return;
  const length = Math.max(0, ...[...columns.values()].map(({ values }) => values.length));
  for (const [key, { line, values }] of columns) {
    if (values.length === length) continue;
    const what = `"${key}" has ${values.length} values where others have ${length}; nobody knows which rows they are of`;
    run.problem({ kind: 'cells-missing', place: { file, line }, what });
    columns.delete(key);
  }
  const rows = new RecordRows(
    run,
    [...columns.keys()],
    stepKey !== undefined && columns.has(stepKey) ? stepKey : undefined,
  );
  const [first] = columns.values();
  for (let index = 0; index < length; index += 1) {
    const record = Object.create(null) as Record<string, number>;
    for (const [key, { values }] of columns) {
      const value = values[index];
      if (typeof value === 'number') record[key] = value;
    }
    rows.take(record, { file, line: first?.line ?? 1 });
  }
}

/** A number, or NaN and Infinity as programs write them; null is nothing. */
function numberFrom(text: string): number | typeof NOTHING | undefined {
  const value = valueIn(text);
  if (typeof value === 'number') return value;
  if (value === null) return NOTHING;
  return typeof value === 'string' ? numberInText(value) : undefined;
}
