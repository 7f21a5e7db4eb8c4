import type { Group, Report, ReportSeries } from '../../../../src/reporting/report/report.ts';
import type { Item } from '../../../../src/reporting/report/item.ts';

/** An item of which nothing is known but what is given. */
export function item(known: Partial<Item> & Pick<Item, 'id'>): Item {
  return {
    title: `title of ${known.id}`,
    state: 'passed',
    exitCode: 0,
    places: [],
    consequences: [],
    next: [],
    details: [],
    ...known,
  };
}

export function series(name: string, values: readonly number[]): ReportSeries {
  return { name, steps: values.map((_, step) => step), values, notFinite: [], rows: values.length };
}

export function group(known: Partial<Group>): Group {
  return { id: 'run', title: 'run', facts: [], items: [], series: [], sections: [], ...known };
}

export function report(known: Partial<Report>): Report {
  return {
    kind: 'plumbline report',
    format: 1,
    of: 'diagnosis',
    title: 'Diagnosis of run',
    verdict: { word: 'healthy', tone: 'good', exitCode: 0, sentence: 'run is healthy.' },
    facts: [{ name: 'node', value: '20.0.0' }],
    groups: [],
    sections: [],
    ...known,
  };
}

const LOSS = series(
  'loss',
  Array.from({ length: 400 }, (_, step) => (step < 200 ? 1 / (1 + step) : step - 199)),
);

const CAUSE = item({
  id: 'training/explosion',
  title: 'the loss explodes',
  about: 'A step that is too long.',
  state: 'failed',
  exitCode: 1,
  message: 'loss rises from 0.005 to 200',
  onset: { after: 199, by: 200 },
  places: [{ file: 'runs/a/metrics.jsonl', line: 201, what: 'loss = 1 at step 200' }],
  consequences: ['training/no-progress'],
  next: [
    { text: 'Shorten the step' },
    { text: 'Test the cause', command: 'npx plumbline gate --laws nn/adam' },
  ],
  details: [
    {
      kind: 'chart',
      title: 'loss',
      series: ['loss'],
      onset: { after: 199, by: 200 },
      limits: [{ value: 50, label: 'limit 50', series: 'loss' }],
    },
    {
      kind: 'table',
      title: 'Evidence',
      columns: [{ name: 'metric' }, { name: 'value', isNumber: true }, { name: 'in the log' }],
      rows: [['loss', '1', 'runs/a/metrics.jsonl, line 201']],
    },
    { kind: 'listing', title: 'Counterexample', text: 'x: 1\ny: 2' },
  ],
});

/** A report with all that a page can show. */
export const SICK = report({
  verdict: { word: 'sick', tone: 'bad', exitCode: 1, sentence: 'run is sick: the loss explodes.' },
  groups: [
    group({
      verdict: { word: 'sick', tone: 'bad', exitCode: 1, sentence: 'run is sick.' },
      facts: [{ name: 'log', value: 'json-lines, 400 rows' }],
      items: [
        CAUSE,
        item({ id: 'training/no-progress', title: 'nothing is learnt', state: 'failed', exitCode: 1 }),
        item({ id: 'log/short', title: 'the log is short', state: 'remark' }),
        item({ id: 'economics/budget', state: 'not-checked', message: 'the log has no budget' }),
        item({ id: 'training/finite' }),
      ],
      series: [LOSS, { ...series('gradient', [1, 2, 3]), notFinite: [4] }],
    }),
    group({ id: 'other', title: 'other', items: [item({ id: 'training/finite' })] }),
  ],
  sections: [
    {
      kind: 'matrix',
      title: 'Kill matrix',
      rowTitle: 'documented bug',
      columns: ['wasm', 'cpu'],
      rows: [
        { name: 'killed-one', cells: [{ state: 'passed', text: 'killed', note: 'by nn/adam' }, null] },
        { name: 'alive-one', note: 'what it does', cells: [{ state: 'failed', text: 'survived' }, null] },
      ],
    },
    {
      kind: 'figure',
      title: 'Every arm',
      svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><desc>Arms &lt; bodies</desc><rect width="9" height="9"/></svg>',
    },
    { kind: 'text', title: 'Left out', text: 'bewley/hoarders' },
  ],
});
