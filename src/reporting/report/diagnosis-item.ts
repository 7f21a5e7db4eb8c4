import type {
  Cause,
  Evidence,
  Finding,
  LoggedRun,
  Outcome,
  RunDiagnosis,
  Severity,
} from '../../diagnosis/index.ts';
import { placeText } from '../../runs/index.ts';
import type { Item } from './item.ts';
import { onsetOf } from './onset-text.ts';
import type { Section } from './section.ts';
import type { State } from './state.ts';

/** What a fault does, in a sentence, by its ID. */
export type ExplainFault = (id: string) => string | undefined;

const STATES: Readonly<Record<Severity, State>> = { sick: 'failed', suspect: 'suspect', remark: 'remark' };
const EXIT_CODES = { sick: 1, suspect: 2, remark: 0 } as const;

/** More curves than that in one chart are told apart by nobody. */
const CURVES = 4;

/** Every check of a run: causes, each with what follows from it behind it, then what was not checked, then the rest. */
export function diagnosisItems(
  { run, causes, outcomes }: Pick<RunDiagnosis, 'run' | 'causes' | 'outcomes'>,
  explainFault: ExplainFault | undefined,
): readonly Item[] {
  const others = outcomes.filter(({ state }) => state !== 'found');
  const rank = ({ state, isRequired }: Outcome): number =>
    state === 'suppressed' ? 1 : state === 'passed' ? 3 : isRequired ? 0 : 2;
  return [
    ...causes.flatMap((cause) => causeItems(cause, run, explainFault)),
    ...others.sort((a, b) => rank(a) - rank(b)).map((outcome) => otherItem(outcome, run)),
  ];
}

function causeItems(
  { outcome, consequences }: Cause,
  run: LoggedRun,
  explainFault: ExplainFault | undefined,
): readonly Item[] {
  const { check, severity, findings, faults, laws } = outcome;
  const [worst] = findings;
  const known = faults.map((id) => [id, explainFault?.(id) ?? '']);
  return [
    {
      ...aboutOf(outcome),
      state: STATES[severity],
      exitCode: EXIT_CODES[severity],
      message: worst.what,
      onset: onsetOf(worst),
      places: placesOf(findings),
      consequences: consequences.map((one) => one.outcome.check.id),
      ...(known.length === 0 ? {} : { suspects: known.map(([id = '', about = '']) => ({ id, about })) }),
      next: [
        ...(check.advice === '' ? [] : [{ text: check.advice }]),
        ...(laws.length === 0
          ? []
          : [
              {
                text: 'Test the suspected cause in the code',
                command: `npx plumbline gate --laws ${laws.join(',')}`,
              },
            ]),
        ...(check.experiment === undefined
          ? []
          : [{ text: 'Tell the causes apart', command: `npx ${check.experiment}` }]),
      ],
      details: [
        ...findingSections(findings, run),
        ...(known.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                title: 'Known causes, the likeliest first',
                columns: [{ name: 'documented bug' }, { name: 'what the code does' }],
                rows: known,
              },
            ]),
      ],
    },
    ...consequences.flatMap((one) => causeItems(one, run, explainFault)),
  ];
}

function otherItem(outcome: Outcome, run: LoggedRun): Item {
  const about = { ...aboutOf(outcome), consequences: [], next: [] };
  if (outcome.state === 'not-checked') {
    const exitCode = outcome.isRequired ? 2 : 0;
    return { ...about, state: 'not-checked', exitCode, message: outcome.reason, places: [], details: [] };
  }
  if (outcome.state !== 'suppressed')
    return { ...about, state: 'passed', exitCode: 0, places: [], details: [] };
  return {
    ...about,
    state: 'accepted',
    exitCode: 0,
    message: `accepted: ${outcome.reason}`,
    onset: onsetOf(outcome.findings[0]),
    places: placesOf(outcome.findings),
    details: findingSections(outcome.findings, run),
  };
}

function aboutOf({ check: { id, title, why } }: Outcome): Pick<Item, 'id' | 'title' | 'about'> {
  return { id, title, ...(why === '' ? {} : { about: why }) };
}

/** Rows that are wrong first: those before the onset show how it was. */
function placesOf(findings: readonly Finding[]): Item['places'] {
  return findings.flatMap(({ evidence, onset }) => {
    const wrong = evidence.filter(({ step }) => step >= onset.by);
    const before = evidence.filter(({ step }) => step < onset.by);
    return [...wrong, ...before].map(({ place, ...row }) => ({ ...place, what: rowText(row) }));
  });
}

function rowText({ metric, step, value }: Omit<Evidence, 'place'>): string {
  return `${metric} = ${value} at step ${step}`;
}

/** What was found, the curves that show it, and the rows of the log that bear it out. */
function findingSections(findings: readonly Finding[], run: LoggedRun): readonly Section[] {
  const [worst] = findings;
  if (worst === undefined) return [];
  const all = [...run.series.values(), ...run.unnamed];
  const shown = findings.flatMap(({ evidence }) => evidence.map(({ metric }) => metric));
  const curves = [...new Set(shown)].filter((name) => all.some(({ logged }) => logged === name));
  const evidence = findings.flatMap((finding) => finding.evidence);
  return [
    ...(findings.length === 1
      ? []
      : [
          {
            kind: 'listing' as const,
            title: 'All findings',
            text: findings.map(({ what }) => what).join('\n'),
          },
        ]),
    ...(curves.length === 0
      ? []
      : [
          {
            kind: 'chart' as const,
            title: curves.slice(0, CURVES).join(', '),
            series: curves.slice(0, CURVES),
            onset: onsetOf(worst),
            limits: limitOf(worst, run),
          },
        ]),
    ...(evidence.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            title: 'Evidence',
            columns: [
              { name: 'metric' },
              { name: 'step', isNumber: true },
              { name: 'value', isNumber: true },
              { name: 'in the log' },
            ],
            rows: evidence.map(({ metric, step, value, place }) => [
              metric,
              String(step),
              String(value),
              placeText(place),
            ]),
          },
        ]),
  ];
}

/** The limit, where it is one of the values that are drawn: a ratio of two series has none of its own. */
function limitOf(
  { limit, evidence }: Finding,
  run: LoggedRun,
): Extract<Section, { kind: 'chart' }>['limits'] {
  const [row] = evidence;
  if (limit === undefined || row === undefined || !Number.isFinite(limit)) return [];
  const series = [...run.series.values(), ...run.unnamed].find(({ logged }) => logged === row.metric);
  const isDrawn = series?.points.some(({ step, value }) => step === row.step && value === row.value) === true;
  if (!isDrawn) return [];
  return [{ value: limit, label: `limit ${Number(limit.toPrecision(4))}`, series: row.metric }];
}
