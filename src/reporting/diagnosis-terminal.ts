import type {
  Cause,
  Comparison,
  Diagnosis,
  MetricComparison,
  RunGroup,
  Outcome,
  RunDiagnosis,
  RunVerdict,
} from '../diagnosis/index.ts';
import { placeText } from '../runs/index.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { onsetOf, onsetText } from './report/onset-text.ts';
import { sparkline } from './sparkline.ts';

const SPARKLINE_WIDTH = 40;

/** Consequences of a cause that are told; the others are counted. */
const CONSEQUENCES = 6;

/** Rows that bear a finding out. */
const EVIDENCE = 3;

const COLOURS = { healthy: 'green', sick: 'red', suspect: 'yellow', 'not-judged': 'yellow' } as const;

export interface DiagnosisTextOptions {
  readonly paint: Paint;
  /** Tell every check, not only what was found. */
  readonly all: boolean;
}

/** A diagnosis for a terminal: the verdict first, then run by run what broke, when, and what to do. */
export function diagnosisTerminal(diagnosis: Diagnosis, options: DiagnosisTextOptions): string {
  const { paint } = options;
  const parts = diagnosis.runs.map((run) => runText(run, options));
  parts.push(...diagnosis.groups.map((group) => groupText(group, paint)));
  if (diagnosis.problems.length > 0) {
    const lines = diagnosis.problems.map(
      ({ place, what }) => `  ${printable(placeText(place))}: ${printable(what)}`,
    );
    parts.push([paint('bold', 'Not read'), ...lines].join('\n'));
  }
  if (diagnosis.isInterrupted)
    parts.push(`${paint('bold', 'PARTIAL')}: interrupted before all was read and judged.`);
  else if (diagnosis.runs.length === 0) parts.push('No run was found.');
  if (diagnosis.runs.length > 1) parts.push(overall(diagnosis, paint));
  return parts.join('\n\n');
}

function overall({ runs, verdict }: Diagnosis, paint: Paint): string {
  const counts = new Map<RunVerdict, number>();
  for (const run of runs) counts.set(run.verdict, (counts.get(run.verdict) ?? 0) + 1);
  const told = [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
  return `${paint(COLOURS[verdict], paint('bold', verdict))}: ${runs.length} runs, ${told}`;
}

/** What runs of one configuration have in common. */
function groupText({ runs, findings }: RunGroup, paint: Paint): string {
  const rows = findings
    .filter(({ severity }) => severity !== 'remark')
    .map(({ check, title, severity, runs: those }) => {
      const colour = severity === 'sick' ? 'red' : 'yellow';
      return `  ${paint(colour, severity)}  in ${those.length} of ${runs.length}  ${check}  ${title}`;
    });
  return [
    paint('bold', `${runs.length} runs of one configuration`),
    paint('dim', `  ${runs.map(printable).join(', ')}`),
    ...(rows.length === 0 ? ['  nothing was found in any'] : rows),
  ].join('\n');
}

function runText(diagnosis: RunDiagnosis, { paint, all }: DiagnosisTextOptions): string {
  const { run, verdict, reason, causes, outcomes, checklist, comparison } = diagnosis;
  const unjudged = outcomes.filter((outcome) => outcome.state === 'not-checked');
  const suppressed = outcomes.filter((outcome) => outcome.state === 'suppressed');
  const passed = outcomes.filter(({ state }) => state === 'passed').length;
  return [
    `${paint(COLOURS[verdict], paint('bold', verdict))}  ${paint('bold', printable(run.head.id))}${reason === undefined ? '' : `: ${printable(reason)}`}`,
    paint(
      'dim',
      `  ${run.rows} rows to step ${run.lastStep}; checklist ${checklist}: ${passed} passed, ${causeCount(outcomes)} found, ${unjudged.length} not checked`,
    ),
    ...causes.flatMap((cause, index) => causeLines(cause, diagnosis, paint, index === 0)),
    ...(comparison === undefined ? [] : comparisonLines(comparison)),
    ...suppressed.map(({ check, reason: why }) => `  accepted  ${check.id}: ${printable(why)}`),
    ...(all
      ? outcomes.flatMap((outcome) => {
          if (outcome.state === 'passed') return [`  passed       ${outcome.check.id}`];
          return outcome.state === 'not-checked'
            ? [`  not checked  ${outcome.check.id}: ${printable(outcome.reason)}`]
            : [];
        })
      : []),
  ].join('\n');
}

/** What a run has in common with its baseline, and what it has not; a change of weight first. */
function comparisonLines({ metrics, weightChange }: Comparison): readonly string[] {
  if (metrics.length === 0) return ['  against the baseline: no metric in common'];
  const named = (relation: string): readonly MetricComparison[] =>
    metrics.filter((one) => one.relation === relation);
  const list = (relation: string, tell: (one: MetricComparison) => string): readonly string[] => {
    const all = named(relation);
    if (all.length === 0) return [];
    const told = all.slice(0, COMPARED).map(tell).join(', ');
    return [`    ${relation}  ${told}${all.length > COMPARED ? `, and ${all.length - COMPARED} more` : ''}`];
  };
  const change = ({ metric, baseline, level }: MetricComparison): string =>
    `${printable(metric)} ${short(baseline)} → ${short(level)}`;
  return [
    `  against the baseline: ${metrics.length} metrics, ${named('equal').length} equal`,
    ...(weightChange === undefined
      ? []
      : [
          `    ${weightChange.loss.metric} is ${short(weightChange.loss.ratio)} times that of the baseline at every step, and ${weightChange.unweighted.metric} is equal: a change of weight, and no improvement`,
        ]),
    ...list('scaled', ({ metric, ratio }) => `${printable(metric)} × ${short(ratio)}`),
    ...list('better', change),
    ...list('worse', change),
    ...list('different', change),
  ];
}

/** Metrics of one relation that are told; --json has them all. */
const COMPARED = 8;

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function causeCount(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ state }) => state === 'found').length;
}

function causeLines(
  { outcome, consequences }: Cause,
  { run }: RunDiagnosis,
  paint: Paint,
  isFirst: boolean,
): readonly string[] {
  const { check, findings, severity, faults, laws } = outcome;
  const [worst] = findings;
  const colour = severity === 'sick' ? 'red' : severity === 'suspect' ? 'yellow' : 'dim';
  const head = `  ${paint(colour, severity)}  ${paint('bold', check.id)}  ${check.title}, ${onsetText(onsetOf(worst))}`;
  if (severity === 'remark' || !isFirst)
    return [
      head,
      ...findings.slice(0, 1).map(({ what }) => `      ${printable(what)}`),
      ...following(consequences),
    ];
  const [metric] = worst.evidence;
  const series = [...run.series.values(), ...run.unnamed].find(({ logged }) => logged === metric?.metric);
  return [
    head,
    ...findings.slice(0, EVIDENCE).map(({ what }) => `      ${printable(what)}`),
    ...(series === undefined || series.points.length < 2
      ? []
      : [
          `      ${sparkline(
            series.points.map(({ value }) => value),
            SPARKLINE_WIDTH,
          )} ${printable(series.logged)}`,
        ]),
    ...worst.evidence
      .slice(0, EVIDENCE)
      .map(({ metric: name, step, value, place }) =>
        paint('dim', `      ${printable(placeText(place))}: ${printable(name)} = ${value} at step ${step}`),
      ),
    ...following(consequences),
    ...(check.advice === '' ? [] : [`      do: ${check.advice}`]),
    ...(faults.length === 0 ? [] : [`      known causes: ${faults.join(', ')}`]),
    ...(laws.length === 0 ? [] : [`      test the cause: plumbline gate --laws ${laws.join(',')}`]),
    ...(check.experiment === undefined ? [] : [`      tell causes apart: ${check.experiment}`]),
  ];
}

function following(consequences: readonly Cause[]): readonly string[] {
  const all = flat(consequences);
  const told = all
    .slice(0, CONSEQUENCES)
    .map(
      ({ outcome: { check, findings } }) =>
        `      ↳ ${check.title} (${check.id}, ${onsetText(findings[0].onset)})`,
    );
  return all.length > CONSEQUENCES ? [...told, `      ↳ and ${all.length - CONSEQUENCES} more`] : told;
}

function flat(causes: readonly Cause[]): readonly Cause[] {
  return causes.flatMap((cause) => [cause, ...flat(cause.consequences)]);
}
