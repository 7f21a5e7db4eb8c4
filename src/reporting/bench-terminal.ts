import { isUndecidable } from '../benchmarking/comparison.ts';
import type { BenchReport } from '../benchmarking/report.ts';
import { missingOf, regressionsOf, undecidedOf, whyMissing } from '../benchmarking/report.ts';
import type { BenchmarkOutcome, BenchmarkResult } from '../benchmarking/result.ts';
import {
  comparisonsOf,
  countsOf,
  latencyOf,
  memoryOf,
  quartilesOf,
  unitTimesOf,
} from '../benchmarking/result.ts';
import { change, complaintsOf, growthText, interval } from './bench-texts.ts';
import type { Paint } from './paint.ts';
import { sparkline } from './sparkline.ts';
import { table } from './table.ts';

const MIB = 2 ** 20;

/** Benchmarks as tables: speed and memory, how they stand to the other side, and what grows; the verdict last. */
export function benchTerminal(report: BenchReport, paint: Paint): string {
  const { outcomes } = report;
  if (outcomes.length === 0) return `${verdictText(report, paint)}\n`;
  const parts = [
    measuredTable(outcomes),
    ...(report.against === undefined ? [] : [`\nAgainst ${report.against}\n${comparisonTable(outcomes)}`]),
    ...outcomes.flatMap(growthLines),
    ...outcomes.flatMap(detailLines),
    '',
    verdictText(report, paint),
  ];
  return `${parts.join('\n')}\n`;
}

function measuredTable(outcomes: readonly BenchmarkOutcome[]): string {
  const header = [
    '',
    'engine',
    'a second',
    'ms: 25 %',
    'median',
    '75 %',
    'n',
    'kernels',
    'tensors',
    'grown by',
    'MiB',
  ];
  const rows = outcomes.map((outcome) => {
    const { benchmark, engine, status } = outcome;
    if (!('result' in outcome)) return [benchmark, engine, status, outcome.why.split('\n')[0] ?? ''];
    const { result } = outcome;
    const latency = latencyOf(result);
    const counts = countsOf(result);
    return [
      benchmark,
      engine,
      rate(1000 / latency.p50),
      ...[latency.p25, latency.p50, latency.p75].map(milliseconds),
      String(result.processes.reduce((sum, { latenciesMs }) => sum + latenciesMs.length, 0)),
      counts === undefined ? '' : (counts.kernels / counts.units).toFixed(0),
      counts === undefined ? '' : String(counts.alive.tensors),
      counts === undefined ? '' : String(counts.grown.tensors),
      (quartilesOf(memoryOf(result)).p50 / MIB).toFixed(0),
    ];
  });
  return table([header, ...rows], '  ');
}

/** Changes with their intervals; what is counted is compared as it is. */
function comparisonTable(outcomes: readonly BenchmarkOutcome[]): string {
  const header = [
    '',
    'engine',
    'time',
    '',
    '95 %',
    'p',
    'noise',
    'visible',
    'memory',
    '',
    'kernels',
    'tensors',
  ];
  const rows = outcomes.flatMap((outcome) => {
    const comparison = comparisonsOf(outcome);
    if (comparison === undefined || !('result' in outcome)) return [];
    const { time, memory } = comparison;
    const other = 'against' in outcome ? outcome.against : undefined;
    return [
      [
        outcome.benchmark,
        outcome.engine,
        time.verdict,
        change(time.ratio),
        interval(time),
        time.pValue.toPrecision(2),
        `${(100 * time.noise.typical).toFixed(1)} %`,
        isUndecidable(time) ? 'nothing' : `${(100 * time.visible).toFixed(1)} %`,
        MEMORY[memory.verdict],
        change(memory.ratio),
        ...countChanges(outcome.result, other),
      ],
    ];
  });
  return table([header, ...rows], '  ');
}

const MEMORY = { slower: 'more', faster: 'less', same: 'same', inconclusive: 'inconclusive' } as const;

function countChanges(own: BenchmarkResult, against: BenchmarkResult | undefined): readonly string[] {
  const [now, then] = [countsOf(own), against === undefined ? undefined : countsOf(against)];
  if (now === undefined || then === undefined) return ['', ''];
  const told = (before: number, after: number): string =>
    before === after ? 'same' : `${before} → ${after}`;
  return [told(then.kernels, now.kernels), told(then.alive.tensors, now.alive.tensors)];
}

/** Series that are not flat, with a picture. */
function growthLines(outcome: BenchmarkOutcome): readonly string[] {
  if (!('result' in outcome)) return [];
  const { result, unit } = outcome;
  return result.growth
    .filter(({ verdict }) => verdict !== 'flat')
    .map((growth) => {
      const values = result.points.flatMap((point) => point[growth.series] ?? []);
      return `  ${outcome.benchmark} on ${outcome.engine}: ${sparkline(values, 25)} ${growthText(growth, unit)}`;
    });
}

function detailLines(outcome: BenchmarkOutcome): readonly string[] {
  if (!('result' in outcome)) return [];
  const { benchmark, engine, parts, result } = outcome;
  const where = `  ${benchmark} on ${engine}:`;
  const [rates, ways] = [
    parts === undefined
      ? []
      : [`${where} ${((1000 * parts.count) / latencyOf(result).p50).toFixed(0)} ${parts.name} a second`],
    result.processes.flatMap(({ otherWay }) => otherWay ?? []),
  ];
  const times = unitTimesOf(result);
  const spread =
    times.length < 2
      ? []
      : [
          `${where} medians of ${times.length} processes from ${milliseconds(Math.min(...times))} to ${milliseconds(Math.max(...times))} ms`,
        ];
  return [
    ...rates,
    ...spread,
    ...ways.map(({ name, ratios }) => {
      const { p25, p50, p75 } = quartilesOf(ratios);
      return `${where} ${name} takes ${p50.toPrecision(2)} times as long (quartiles ${p25.toPrecision(2)} and ${p75.toPrecision(2)} of ${ratios.length} pairs)`;
    }),
  ];
}

function verdictText(report: BenchReport, paint: Paint): string {
  const worse = regressionsOf(report);
  const missing = missingOf(report);
  const name = ({ benchmark, engine }: BenchmarkOutcome): string => `${benchmark} on ${engine}`;
  const lines = [
    ...worse.map(
      (outcome) => `${paint('red', 'worse')}  ${name(outcome)}: ${complaintsOf(outcome).join('; ')}`,
    ),
    ...missing.map((outcome) => `${paint('yellow', 'missing')}  ${name(outcome)}: ${whyMissing(outcome)}`),
    ...(report.partial === undefined ? [] : [`${paint('yellow', 'partial')}  ${report.partial}`]),
  ];
  if (lines.length > 0) return lines.join('\n');
  if (report.outcomes.every((outcome) => !('result' in outcome)))
    return `${paint('yellow', 'missing')}  nothing was measured: no benchmark runs on what was asked for`;
  const undecided = undecidedOf(report);
  if (undecided.length > 0)
    return paint('yellow', `Nothing is found to be worse; not decided: ${undecided.map(name).join(', ')}.`);
  return report.against === undefined
    ? 'Measured; nothing grows.'
    : paint('green', 'Nothing is slower, takes more memory, or grows.');
}

/** Units that take long are a small share of one a second. */
function rate(unitsPerSecond: number): string {
  return unitsPerSecond < 1 ? unitsPerSecond.toPrecision(2) : unitsPerSecond.toFixed(1);
}

function milliseconds(ms: number): string {
  return ms < 1 ? ms.toFixed(3) : ms.toFixed(2);
}
