import type { LawText } from '../../verification/law.ts';
import type { SettledDeviation } from '../../verification/ledger.ts';
import type { LawVerdict, Verdict } from '../../verification/verdict.ts';
import { describeCase } from '../describe-case.ts';
import { describeMeasurement } from '../describe-violation.ts';
import type { GateReportOptions } from './from-gate.ts';
import type { Item } from './item.ts';
import type { Section } from './section.ts';
import type { State } from './state.ts';

const STATES: Readonly<Record<Verdict, State>> = {
  holds: 'passed',
  violated: 'failed',
  inconclusive: 'suspect',
  'not-checked': 'not-checked',
};

/** What became of a law on an engine; of a violation, all that is needed to understand it and to see it again. */
export function lawItem(verdict: LawVerdict, isStrict: boolean, options: GateReportOptions): Item {
  const law = options.laws.find(({ id }) => id === verdict.law);
  const isInconclusive = verdict.verdict === 'inconclusive';
  const exitCode =
    verdict.verdict === 'violated' ? 1 : verdict.verdict === 'holds' || (isInconclusive && !isStrict) ? 0 : 2;
  const isViolated = verdict.verdict === 'violated';
  return {
    id: verdict.law,
    title: titleOf(verdict, law),
    ...(law === undefined ? {} : { about: `${law.statement} ${law.formula}` }),
    state: STATES[verdict.verdict],
    exitCode,
    message: messageOf(verdict),
    durationMs: verdict.durationMs,
    places: exitCode === 0 ? [] : placesOf(verdict, options),
    consequences: [],
    next: isViolated
      ? [
          ...(law === undefined ? [] : [{ text: `Look at: ${law.suspects}` }]),
          { text: 'See it again', command: options.replayCommand(verdict.law, verdict.engine) },
        ]
      : [],
    details: isViolated ? violationSections(verdict, law) : [],
  };
}

/** A deviation that stands in the ledger, and is as it stands there. */
export function acceptedItem(item: Item, { since, why }: SettledDeviation): Item {
  return {
    ...item,
    state: 'accepted',
    exitCode: 0,
    message: `accepted since ${since}: ${why}. ${item.message ?? ''}`,
  };
}

/** A law that an engine did not come to; why is told of the engine. */
export function unjudgedItem(id: string, { laws }: Pick<GateReportOptions, 'laws'>): Item {
  const law = laws.find((one) => one.id === id);
  return {
    id,
    title: law?.statement.replace(/\.$/, '') ?? 'the law holds',
    state: 'not-checked',
    exitCode: 0,
    message: 'the gate ended before it came to this law',
    places: [],
    consequences: [],
    next: [],
    details: [],
  };
}

function titleOf({ verdict }: LawVerdict, law: LawText | undefined): string {
  const what = law?.statement.replace(/\.$/, '') ?? 'the law holds';
  if (verdict === 'violated') return `the law is violated: ${what}`;
  return what;
}

function messageOf({ verdict, reason, runs, worst, violation, seed }: LawVerdict): string {
  const cases = `${runs} ${runs === 1 ? 'case' : 'cases'}, seed ${seed}`;
  if (violation !== undefined)
    return `${describeMeasurement(violation.unshrunk.measurement)} (in case ${runs}, seed ${seed})`;
  if (verdict !== 'holds') return `${reason ?? 'no reason given'} (${cases})`;
  return worst === undefined ? cases : `closest to its bound: ${describeMeasurement(worst)} (${cases})`;
}

/** The law, and the counterexample that shows the violation again. */
export function placesOf(
  { law, engine }: { readonly law: string; readonly engine: string },
  { placeOf, counterexampleOf }: GateReportOptions,
): Item['places'] {
  const [definition, counterexample] = [placeOf(law), counterexampleOf(law, engine)];
  return [
    ...(definition === undefined ? [] : [{ ...definition, what: `the law ${law}` }]),
    ...(counterexample === undefined ? [] : [{ file: counterexample, line: 1, what: 'the counterexample' }]),
  ];
}

function violationSections({ violation }: LawVerdict, law: LawText | undefined): readonly Section[] {
  const texts =
    law === undefined
      ? []
      : [
          ['What it means', law.guards],
          ['The law', law.statement],
          ['Formula', law.formula],
          ['Bound', law.bound],
        ];
  const cases =
    violation === undefined
      ? []
      : [
          { title: 'Counterexample, as small as it could be made', ...violation.shrunk },
          ...(violation.shrunk.sample === violation.unshrunk.sample
            ? []
            : [{ title: 'Counterexample, as it was drawn', ...violation.unshrunk }]),
        ];
  return [
    ...texts.map(([title = '', text = '']) => ({ kind: 'text' as const, title, text })),
    ...cases.map(({ title, sample, measurement }) => ({
      kind: 'listing' as const,
      title,
      text: `${describeMeasurement(measurement)}\n${describeCase(sample, '')}`,
    })),
  ];
}
