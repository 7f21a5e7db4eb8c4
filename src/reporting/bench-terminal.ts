import { isUndecidable } from '../benchmarking/comparison.ts';
import type { BenchReport } from '../benchmarking/report.ts';
import { missingOf, regressionsOf, undecidedOf, whyMissing } from '../benchmarking/report.ts';
import type { BenchmarkOutcome, Comparisons, Count } from '../benchmarking/result.ts';
import {
  comparisonsOf,
  countsOf,
  latencyOf,
  leakedOf,
  leastLeakOf,
  memoryOf,
  quartilesOf,
  unitsCountedIn,
  unitTimesOf,
} from '../benchmarking/result.ts';
import {
  bytesText,
  change,
  complaintsOf,
  countTexts,
  goodSentence,
  growthText,
  interval,
  rangeText,
} from './bench-texts.ts';
import type { Paint } from './paint.ts';
import { sparkline } from './sparkline.ts';
import { table } from './table.ts';

const MIB = 2 ** 20;

/** Benchmarks as tables: speed and memory, how they stand to the other side, and what grows; the verdict last. */
export function benchTerminal(report: BenchReport, paint: Paint): string {
  const { outcomes } = report;
  if (outcomes.length === 0) return `${verdictText(report, paint)}\n`;
  const parts = [
    headText(report),
    measuredTable(outcomes),
    ...(report.against === undefined ? [] : [`\nAgainst ${report.against}\n${comparisonTable(outcomes)}`]),
    ...outcomes.flatMap(growthLines),
    ...outcomes.flatMap(detailLines),
    '',
    verdictText(report, paint),
  ];
  return `${parts.join('\n')}\n`;
}

/** What was measured, and below it on what: `1a2b3c4, plumbline 0.1.0, wasm 4.22.0`. */
function headText({ commit, environment, versions, outcomes }: BenchReport): string {
  const { processor, processors, threads, system, node } = environment;
  const engines = outcomes.flatMap((outcome) => {
    const used = 'result' in outcome ? outcome.result.processes[0]?.engine : undefined;
    if (used === undefined) return [];
    return [`${outcome.engine} ${used.version}${used.device === undefined ? '' : ` (${used.device})`}`];
  });
  const what = [
    ...(commit === undefined ? [] : [commit]),
    `plumbline ${versions['plumbline'] ?? '?'}`,
    ...new Set(engines),
  ];
  const threadText = threads === 1 ? 'one thread' : `${threads} threads`;
  return `${what.join(', ')}\non ${processor} (${processors} processors, ${threadText} each process), ${system}, Node ${node}\n`;
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
    'leaks ≥',
  ];
  const rows = outcomes.map((outcome) => {
    const { benchmark, engine, status } = outcome;
    if (!('result' in outcome)) return [benchmark, engine, status, outcome.why.split('\n')[0] ?? ''];
    const { result } = outcome;
    const latency = latencyOf(result);
    const [units, leastLeak] = [unitsCountedIn(result), leastLeakOf(result)];
    return [
      benchmark,
      engine,
      rate(1000 / latency.p50),
      ...[latency.p25, latency.p50, latency.p75].map(milliseconds),
      String(result.processes.reduce((sum, { latenciesMs }) => sum + latenciesMs.length, 0)),
      units === undefined
        ? ''
        : rangeText(countsOf(result, 'kernels').map((kernels) => Math.round(kernels / units))),
      units === undefined ? '' : rangeText(countsOf(result, 'tensors')),
      units === undefined ? '' : String(leakedOf(result)?.grown.tensors ?? 0),
      (quartilesOf(memoryOf(result)).p50 / MIB).toFixed(0),
      leastLeak === undefined ? '' : bytesText(leastLeak),
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
        ...(unitsCountedIn(outcome.result) === undefined
          ? ['', '']
          : [countCell(comparison, 'kernels'), countCell(comparison, 'tensors')]),
      ],
    ];
  });
  return table([header, ...rows], '  ');
}

const MEMORY = { slower: 'more', faster: 'less', same: 'same', inconclusive: 'inconclusive' } as const;

function countCell({ counts }: Comparisons, count: Count): string {
  const found = counts.find((one) => one.count === count);
  return found === undefined ? 'same' : `${rangeText(found.against)} → ${rangeText(found.own)}`;
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
  const undecided = undecidedOf(report);
  const notes = [
    ...(undecided.length === 0 ? [] : [paint('yellow', `Not decided: ${undecided.map(name).join(', ')}.`)]),
    ...report.outcomes.flatMap((outcome) => {
      const texts = countTexts(outcome);
      return texts.length === 0
        ? []
        : [paint('yellow', `Counted otherwise: ${name(outcome)}: ${texts.join(', ')}.`)];
    }),
  ];
  if (lines.length > 0) return [...lines, ...notes].join('\n');
  if (report.outcomes.every((outcome) => !('result' in outcome)))
    return `${paint('yellow', 'missing')}  nothing was measured: no benchmark runs on what was asked for`;
  if (undecided.length > 0) return [paint('yellow', 'Nothing is found to be worse.'), ...notes].join('\n');
  const sentence = goodSentence(report);
  return [report.against === undefined ? sentence : paint('green', sentence), ...notes].join('\n');
}

/** Units that take long are a small share of one a second. */
function rate(unitsPerSecond: number): string {
  return unitsPerSecond < 1 ? unitsPerSecond.toPrecision(2) : unitsPerSecond.toFixed(1);
}

function milliseconds(ms: number): string {
  return ms < 1 ? ms.toFixed(3) : ms.toFixed(2);
}
