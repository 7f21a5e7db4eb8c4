import type { Candidate, Format } from '../format.ts';
import type { Problem } from '../problem.ts';
import { RecordRows } from '../record-rows.ts';
import { RoundedIntegers } from '../rounded-integers.ts';
import type { RunSink } from '../row.ts';
import { excerpt } from '../text/excerpt.ts';
import { readJsonParts } from '../text/read-json.ts';
import type { Column } from './columns/column.ts';
import { NOTHING, numberFrom, spacingOf, valueAt } from './columns/column.ts';
import { isObjectOfColumns } from './columns/recognise.ts';
import { takeMember } from './json-records.ts';

/** Of all columns together: 80 MB. Who logs more values does not write them in one object at the end. */
const MAXIMUM_VALUES = 10_000_000;

/**
 * `{"loss": [0.5, 0.4], "val_loss": [0.6, 0.5], "seed": 1}`, as the history of Keras is saved: a list a metric, a value an
 * epoch; what is no list is configuration.
 */
export const jsonColumns: Format = {
  name: 'json-columns',
  title: 'JSON objects of lists',
  recognises: (file: Candidate) => isObjectOfColumns(file),
  read: async (paths, sink, { stepKey }) => {
    for (const path of paths) await readFile(path, sink.run(), stepKey);
  },
};

async function readFile(file: string, run: RunSink, stepKey?: string): Promise<void> {
  const { columns, count, isDamaged } = await columnsOf(file, run);
  if (count > MAXIMUM_VALUES) {
    const what = `there are ${count} values in one object; nothing was read`;
    run.problem({ kind: 'line-too-long', place: { file, line: 1 }, what });
  }
  // Rows are as whole as the whole object is: columns that are missing may be those of steps.
  if (count > MAXIMUM_VALUES || isDamaged) return;
  const length = Math.max(0, ...[...columns.values()].map(({ values }) => values.length));
  const spaced = [...columns].map(([key, column]) => {
    const { every, what } = spacingOf(key, column.values.length, { length, keys: columns });
    if (what !== undefined) run.problem({ kind: 'lists-unequal', place: { file, line: column.line }, what });
    return { key, column, every };
  });
  const asked = stepKey !== undefined && columns.has(stepKey) ? stepKey : undefined;
  const rows = new RecordRows(run, [...columns.keys()], asked);
  const [first] = columns.values();
  for (let row = 0; row < length; row += 1) {
    const record = Object.create(null) as Record<string, number>;
    for (const { key, column, every } of spaced) {
      const value = valueAt(column, row, every);
      if (value !== undefined) record[key] = value;
    }
    rows.take(record, { file, line: first?.line ?? 1 });
  }
}

interface Columns {
  readonly columns: Map<string, Column>;
  readonly count: number;
  readonly isDamaged: boolean;
}

async function columnsOf(file: string, run: RunSink): Promise<Columns> {
  const columns = new Map<string, Column>();
  let [count, isDamaged] = [0, false];
  const rounded = new RoundedIntegers();
  /** Lists that begin with no number. */
  const others = new Set<string>();
  const element = (text: string, line: number, key = ''): void => {
    count += 1;
    if (count > MAXIMUM_VALUES) return;
    const value = numberFrom(text);
    if (others.has(key) && value === undefined) return;
    const column = columns.get(key) ?? { line, values: [] };
    if (value === undefined && column.values.length === 0) {
      others.add(key);
      run.other(key, 'list without numbers', { file, line });
    } else if (value === undefined || others.has(key)) {
      const what =
        value === undefined
          ? `no number in "${key}": ${excerpt(text)}; it was not read`
          : `${excerpt(text)} in "${key}", whose first value is no number; it was not read`;
      run.problem({ kind: 'record-not-understood', place: { file, line }, what });
    }
    if (others.has(key)) return;
    columns.set(key, column);
    if (typeof value === 'number')
      rounded.take(key, { value, text: text.replaceAll('"', '') }, { file, line }, run);
    column.values.push(value ?? NOTHING);
  };
  const member = (key: string, text: string | undefined, line: number): void => {
    takeMember(key, text, { file, line }, run);
  };
  const problem = (about: Problem): void => {
    isDamaged = true;
    run.problem(about);
  };
  await readJsonParts(file, { opens: (key) => key !== undefined, element, member }, problem);
  return { columns, count, isDamaged };
}
