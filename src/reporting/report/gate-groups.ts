import type { ControlResult } from '../../verification/controls.ts';
import type { GateReport } from '../../verification/gate-report.ts';
import type { Cell } from '../../verification/kill-matrix.ts';
import { describeMeasurement } from '../describe-violation.ts';
import { kernelsText } from '../kernels-text.ts';
import type { GateReportOptions } from './from-gate.ts';
import { placesOf, unjudgedItem } from './gate-law-item.ts';
import type { Item } from './item.ts';
import type { Group } from './report.ts';

const NOTHING = { places: [], consequences: [], next: [], details: [] } as const;

/** Entries of the ledger that are not what has become of the law. */
export function ledgerGroup({ ledger = [] }: GateReport): Group | undefined {
  const wrong = ledger.filter(({ outcome }) => outcome !== 'as expected');
  if (wrong.length === 0) return undefined;
  const items = wrong.map(({ law, engine, expect, outcome, found, since, why }): Item => {
    const isOpen = outcome === 'not judged';
    return {
      ...NOTHING,
      id: `${law} on ${engine}`,
      title: `the ledger expects the law to be ${expect}`,
      state: isOpen ? 'not-checked' : 'failed',
      exitCode: isOpen ? 2 : 1,
      message: `${found} (since ${since}: ${why})`,
    };
  });
  return groupOf('ledger', 'Known deviations that are not as they were', items);
}

/** Laws that a subject does not have the operations for, as far as nobody asked for them. */
export function leftOutGroup({ subject }: GateReport, options: GateReportOptions): Group | undefined {
  if (subject === undefined || subject.leftOut.length === 0) return undefined;
  const items = subject.leftOut.map(({ law, missing }) => ({
    ...unjudgedItem(law, options),
    message: `the subject does not have ${missing.join(', ')}`,
  }));
  return groupOf('laws/left-out', 'Laws that the subject has no operations for', items);
}

/** Documented bugs, a group an engine: each must be rejected by every law that guards against it. */
export function killGroups({ cells, subject }: GateReport, options: GateReportOptions): readonly Group[] {
  return [...new Set(cells.map(({ engine }) => engine))].map((engine) => {
    const own = cells.filter((cell) => cell.engine === engine);
    const items = [...new Set(own.map(({ fault }) => fault))].map((fault) =>
      killItem(
        own.filter((cell) => cell.fault === fault),
        options,
      ),
    );
    const title = subject === undefined ? 'Documented bugs' : 'Adapter broken on purpose';
    return groupOf(`faults/${engine}`, `${title} on ${engine}`, items);
  });
}

function killItem(cells: readonly Cell[], options: GateReportOptions): Item {
  const id = cells[0]?.fault ?? '';
  const laws = (outcome: Cell['outcome']): readonly string[] =>
    cells.filter((cell) => cell.outcome === outcome).map(({ law }) => law);
  const [survived, open] = [laws('survived'), laws('not-judged')];
  const summary = options.faults.find((fault) => fault.id === id)?.summary;
  const [bad] = cells.filter(({ outcome }) => outcome !== 'killed');
  const reason = bad?.seeds.flatMap((seed) => seed.reason ?? [])[0];
  return {
    ...NOTHING,
    id,
    title:
      survived.length > 0
        ? `no law catches this bug that should: ${survived.join(', ')}`
        : open.length > 0
          ? `it could not be shown to ${open.join(', ')}`
          : 'the bug is caught',
    ...(summary === undefined ? {} : { about: summary }),
    state: survived.length > 0 ? 'failed' : open.length > 0 ? 'not-checked' : 'passed',
    exitCode: survived.length > 0 ? 1 : open.length > 0 ? 2 : 0,
    message: reason ?? `killed by ${laws('killed').join(', ') || 'no law'}`,
    places: bad === undefined ? [] : placesOf(bad, options),
    next:
      survived.length > 0
        ? [
            {
              text: 'Look at what the law compares, and at the cases that it draws: the bug does not show in them.',
            },
          ]
        : [],
  };
}

/** Committed counterexamples, which are judged first. */
export function replayGroup({ replays }: GateReport, { placeOf }: GateReportOptions): Group | undefined {
  if (replays.length === 0) return undefined;
  const items = replays.map(({ file, law, engine, verdict, reason, unshrunk, shrunk }): Item => {
    const definition = placeOf(law);
    const worst = unshrunk ?? shrunk;
    return {
      ...NOTHING,
      id: `${file} on ${engine}`,
      title:
        verdict === 'violated' ? `the counterexample violates ${law} again` : `a counterexample of ${law}`,
      state: verdict === 'violated' ? 'failed' : verdict === 'holds' ? 'passed' : 'not-checked',
      exitCode: verdict === 'violated' ? 1 : verdict === 'holds' ? 0 : 2,
      message: reason ?? (worst === undefined ? 'judged' : describeMeasurement(worst)),
      places: [
        { file, line: 1, what: 'the counterexample' },
        ...(definition === undefined ? [] : [{ ...definition, what: `the law ${law}` }]),
      ],
      next: verdict === 'violated' ? [{ text: 'See it again', command: `npx plumbline replay ${file}` }] : [],
    };
  });
  return groupOf('counterexamples', 'Counterexamples, replayed', items);
}

/** Controls: a law that accepts a subject which is wrong in every answer cannot be trusted. */
export function controlGroup({ controls }: GateReport, options: GateReportOptions): Group | undefined {
  if (controls.length === 0) return undefined;
  const items = controls.map((control) => controlItem(control, options));
  return groupOf('controls', 'Controls: each law is shown a subject that is wrong in every answer', items);
}

function controlItem({ law, engine, verdict, reason }: ControlResult, options: GateReportOptions): Item {
  const isRight = verdict === 'violated';
  const isOpen = verdict === 'not-checked';
  return {
    ...NOTHING,
    id: `${law} on ${engine}`,
    title: isRight
      ? 'the law rejects it'
      : isOpen
        ? 'the law could not be shown it'
        : 'the law accepts it: its verdicts are worth nothing',
    state: isRight ? 'passed' : isOpen ? 'not-checked' : 'failed',
    exitCode: isRight ? 0 : isOpen ? 2 : 1,
    ...(reason === undefined ? {} : { message: reason }),
    places: isRight ? [] : placesOf({ law, engine }, { ...options, counterexampleOf: () => undefined }),
  };
}

/** Engines, with the proof that they ran, or why they did not. */
export function engineGroup(report: GateReport): Group {
  const items = report.engines.map(({ engine, status, requested, identity, reason, remedy }): Item => {
    const isJudged = status === 'judged';
    const isWhole = isJudged && reason === undefined;
    return {
      ...NOTHING,
      id: engine,
      title: isWhole
        ? 'the engine ran'
        : isJudged
          ? 'the engine did not run to the end'
          : 'not checked on this engine',
      state: isWhole ? 'passed' : 'not-checked',
      exitCode: isWhole || (!isJudged && !requested) ? 0 : 2,
      message:
        reason ??
        (identity === undefined
          ? 'judged'
          : `${identity.version}, self-test at ${identity.selfTest.toFixed(2)} of its bound, ${kernelsText(report, engine)}`),
      next: remedy === undefined ? [] : [{ text: 'Add this engine', command: remedy }],
    };
  });
  return groupOf('engines', 'Engines', items);
}

function groupOf(id: string, title: string, items: readonly Item[]): Group {
  return { id, title, facts: [], items, series: [], sections: [] };
}
