import type { Candidate, Format } from '../format.ts';
import type { Place } from '../place.ts';
import { RecordRows } from '../record-rows.ts';
import type { RunSink } from '../row.ts';
import type { TextRecord } from '../text/delimited.ts';
import { eachRecord } from '../text/delimited.ts';
import { excerpt } from '../text/excerpt.ts';
import { TableRows } from './table/table-rows.ts';

const HEADER = '# step, loss_train, loss_test, metrics_test';

/**
 * What DeepXDE writes: steps, the losses of all terms on training points, the same on test points, and metrics, without
 * saying how many there are of each.
 */
export const deepxde: Format = {
  name: 'deepxde',
  title: 'DeepXDE loss.dat',
  recognises: ({ head }: Candidate) => head.toString('utf8').split(/\r?\n/, 2)[0] === HEADER,
  read: async (paths, sink) => {
    for (const path of paths) await readFile(path, sink.run());
  },
};

async function readFile(file: string, run: RunSink): Promise<void> {
  let [isHeaded, records]: [boolean, RecordRows | undefined] = [false, undefined];
  const rows = new TableRows(run, (values, place) => records?.take(values, place));
  const take = ({ cells, line, ended }: TextRecord): void => {
    const place = { file, line };
    const text = cells.join(' ');
    if (!ended) {
      const what = `no line break follows ${excerpt(text)}; the row was not read`;
      run.problem({ kind: 'record-cut-off', place, what });
    } else if (text === HEADER) {
      if (isHeaded) {
        const what = 'a header in the middle of the file; it heads the rows below it';
        run.problem({ kind: 'header-changed', place, what });
      }
      rows.end();
      isHeaded = true;
      records = undefined;
    } else {
      if (records === undefined) {
        const names = namesOf(cells.length, run, place);
        records = new RecordRows(run, names, 'step');
        rows.header(names, place);
      }
      rows.row(cells, place);
    }
  };
  await eachRecord(file, ' ', take, (problem) => {
    run.problem(problem);
  });
  rows.end();
}

/** Of one step, n losses twice and m metrics there are 1 + 2n + m columns: m is taken as small as it can be. */
function namesOf(columns: number, run: RunSink, place: Place): readonly string[] {
  const terms = Math.floor((columns - 1) / 2);
  const metrics = Math.max(0, columns - 1 - 2 * terms);
  // Three terms, or two terms and two metrics; one term and no or one metric can be nothing else.
  if (terms > 1) {
    const what = `the header does not say how many of ${columns} columns are metrics; ${metrics} are taken for metrics, and ${terms} for losses of each kind`;
    run.problem({ kind: 'names-open', place, what });
  }
  const several = (name: string, count: number): string[] =>
    count === 1 ? [name] : Array.from({ length: count }, (_, index) => `${name}/${index}`);
  return [
    'step',
    ...several('loss_train', terms),
    ...several('loss_test', terms),
    ...several('metrics_test', metrics),
  ];
}
