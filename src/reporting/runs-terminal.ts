import type { LogsSummary, ProblemGroup, RunSummary } from '../runs/index.ts';
import { placeText } from '../runs/index.ts';
import type { Paint } from './paint.ts';
import type { MeaningOf } from './runs-json.ts';
import { printable } from './printable.ts';
import { table } from './table.ts';

/** So many names fit on a screen; the others are counted. */
const SHOWN_NAMES = 40;

export interface RunsTextOptions {
  readonly paint: Paint;
  readonly meaningOf: MeaningOf;
  /** Show every metric, not the first 40. */
  readonly all: boolean;
  readonly titleOf: (format: string) => string;
}

/** What was found in logs, for a terminal: run by run, what is in it and what was not understood. */
export function runsTerminal(
  summary: LogsSummary,
  ignored: readonly string[],
  options: RunsTextOptions,
): string {
  const { paint } = options;
  const parts = summary.runs.map((run) => runText(run, options));
  if (summary.problems.length > 0) {
    parts.push([paint('bold', 'Not read'), ...problemLines(summary.problems, paint)].join('\n'));
  }
  if (ignored.length > 0) {
    const [first = ''] = ignored;
    parts.push(
      paint(
        'dim',
        `${counted(ignored.length, 'other file')} that no reader recognises, as ${printable(first)}; --json lists them`,
      ),
    );
  }
  if (summary.runs.length === 0) parts.push('No run was found.');
  return parts.join('\n\n');
}

function runText(run: RunSummary, { paint, meaningOf, all, titleOf }: RunsTextOptions): string {
  const shown = all ? run.series : run.series.slice(0, SHOWN_NAMES);
  const rows = shown.map((series) => {
    const { name, points, firstStep, lastStep, first, last, minimum, maximum, notFinite } = series;
    const meaning = meaningOf(run, name);
    const sign = meaning === undefined || meaning.factor === 1 ? '' : ` × ${shortNumber(1 / meaning.factor)}`;
    return [
      printable(name),
      meaning === undefined ? '' : `${printable(meaning.name)}${sign}`,
      String(points),
      `${shortNumber(firstStep)} – ${shortNumber(lastStep)}`,
      ...[first, last, minimum, maximum].map((value) => (value === undefined ? '' : shortNumber(value))),
      notFinite === undefined
        ? ''
        : `${notFinite.count} not finite, first at step ${shortNumber(notFinite.step)}`,
    ];
  });
  const hidden = run.series.length - shown.length;
  const head = ['metric', 'known as', 'points', 'steps', 'first', 'last', 'least', 'most', ''];
  return [
    `${paint('bold', printable(run.id))}  ${titleOf(run.format)}`,
    `  ${aboutRows(run)}`,
    ...(rows.length === 0 ? [] : [table([head, ...rows], '  ')]),
    ...(hidden > 0 ? [`  … and ${hidden} more metrics: --all shows them`] : []),
    ...gapLines(run),
    ...resumeLines(run),
    ...configLines(run),
    ...otherLines(run),
    ...(run.problems.length > 0 ? ['  not understood', ...problemLines(run.problems, paint, '    ')] : []),
  ].join('\n');
}

function aboutRows({ rows, series, written, paths }: RunSummary): string {
  const files = paths.length > 1 ? `, ${paths.length} files` : '';
  const time =
    written === undefined ? '' : `, written from ${isoTime(written.from)} to ${isoTime(written.to)}`;
  return `${counted(rows, 'row')}, ${counted(series.length, 'metric')}${files}${time}`;
}

function isoTime(seconds: number): string {
  return `${new Date(1000 * seconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Gaps of the metric that has most points: the others have them too. */
function gapLines({ series }: RunSummary): readonly string[] {
  const [densest] = [...series].sort((a, b) => b.points - a.points);
  if (densest === undefined || densest.gaps.length === 0) return [];
  const gaps = densest.gaps.map(({ from, to }) => `${shortNumber(from)} to ${shortNumber(to)}`).join(', ');
  return [`  gaps: nothing from step ${gaps} (usually every ${shortNumber(densest.interval ?? 0)})`];
}

function resumeLines({ resumes }: RunSummary): readonly string[] {
  if (resumes.count === 0) return [];
  const listed = resumes.first
    .slice(0, 5)
    .map(
      ({ from, to, place }) =>
        `from ${shortNumber(to)} after ${shortNumber(from)} (${printable(placeText(place))})`,
    );
  return [
    `  resumed ${resumes.count === 1 ? 'once' : `${resumes.count} times`}: ${listed.join('; ')}${resumes.count > 5 ? '; …' : ''}`,
  ];
}

function configLines({ config }: RunSummary): readonly string[] {
  const keys = Object.keys(config);
  return keys.length === 0
    ? []
    : [
        `  configuration: ${keys.length} keys (${keys.slice(0, 6).map(printable).join(', ')}${keys.length > 6 ? ', …' : ''})`,
      ];
}

function otherLines({ others }: RunSummary): readonly string[] {
  if (others.length === 0) return [];
  const listed = others.slice(0, 8).map(({ key, kind }) => `${printable(key)} (${printable(kind)})`);
  return [`  no numbers: ${listed.join(', ')}${others.length > 8 ? `, and ${others.length - 8} more` : ''}`];
}

function problemLines(groups: readonly ProblemGroup[], paint: Paint, indent = '  '): readonly string[] {
  return groups.flatMap(({ summary, lost, count, examples }) => [
    `${indent}${paint(lost ? 'red' : 'yellow', lost ? 'lost' : 'note')}  ${summary}${count > 1 ? `, ${count} times` : ''}`,
    ...examples.map(({ place, what }) => `${indent}      ${printable(placeText(place))}: ${printable(what)}`),
    ...(count > examples.length ? [`${indent}      … and ${count - examples.length} more`] : []),
  ]);
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

const DIGITS = 5;

function shortNumber(value: number): string {
  // Beyond 2^53 the last digits are none of the log's.
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(DIGITS)));
}
