import type { GateReport } from '../../verification/gate-report.ts';
import type { LawText } from '../../verification/law.ts';
import { ratioOf } from '../../verification/measurement.ts';
import type { MatrixSection } from './section.ts';
import type { State } from './state.ts';

type Cell = MatrixSection['rows'][number]['cells'][number];

const LAW_STATES = {
  holds: 'passed',
  violated: 'failed',
  inconclusive: 'suspect',
  'not-checked': 'not-checked',
} as const satisfies Record<string, State>;

const KILL_STATES = {
  killed: 'passed',
  survived: 'failed',
  'not-judged': 'not-checked',
} as const satisfies Record<string, State>;

/** Laws by engine: how close the worst case came to its bound. */
export function lawMatrix(
  { laws, options }: GateReport,
  engines: readonly string[],
  known: readonly LawText[],
): MatrixSection {
  const cell = (law: string, engine: string): Cell => {
    const found = laws.find((one) => one.law === law && one.engine === engine);
    if (found === undefined) return null;
    const { verdict, worst, runs, reason } = found;
    const note = reason === undefined ? `${runs} cases` : reason;
    return {
      state: LAW_STATES[verdict],
      text: verdict === 'holds' && worst !== undefined ? `holds, ${ratioOf(worst).toFixed(2)}` : verdict,
      note,
    };
  };
  return {
    kind: 'matrix',
    title: 'Laws by engine: measured over allowed in the worst case',
    rowTitle: 'law',
    columns: [...engines],
    rows: options.laws.map((id) => {
      const law = known.find((one) => one.id === id);
      return {
        name: id,
        ...(law === undefined ? {} : { note: law.statement }),
        cells: engines.map((engine) => cell(id, engine)),
      };
    }),
  };
}

/** Documented bugs by engine: whether the laws catch them. */
export function killMatrix(
  { cells }: GateReport,
  faults: readonly { readonly id: string; readonly summary: string }[],
): MatrixSection {
  const engines = [...new Set(cells.map(({ engine }) => engine))];
  const cell = (fault: string, engine: string): Cell => {
    const shown = cells.filter((one) => one.fault === fault && one.engine === engine);
    const worst =
      shown.find(({ outcome }) => outcome === 'survived') ??
      shown.find(({ outcome }) => outcome === 'not-judged') ??
      shown[0];
    if (worst === undefined) return null;
    const laws = shown.filter(({ outcome }) => outcome === worst.outcome).map(({ law }) => law);
    return { state: KILL_STATES[worst.outcome], text: worst.outcome, note: `by ${laws.join(', ')}` };
  };
  return {
    kind: 'matrix',
    title: 'Kill matrix: documented bugs, and whether the laws catch them',
    rowTitle: 'documented bug',
    columns: engines,
    rows: [...new Set(cells.map(({ fault }) => fault))].map((fault) => {
      const summary = faults.find(({ id }) => id === fault)?.summary;
      return {
        name: fault,
        ...(summary === undefined ? {} : { note: summary }),
        cells: engines.map((engine) => cell(fault, engine)),
      };
    }),
  };
}
