import type { Comparison } from '../../benchmarking/comparison.ts';
import { isUndecidable } from '../../benchmarking/comparison.ts';
import type { BenchReport } from '../../benchmarking/report.ts';
import {
  benchExitCode,
  missingOf,
  regressionsOf,
  undecidedOf,
  whyMissing,
} from '../../benchmarking/report.ts';
import type { BenchmarkOutcome, BenchmarkResult, Comparisons } from '../../benchmarking/result.ts';
import {
  comparisonsOf,
  countsOf,
  isFollowed,
  latencyOf,
  leakedOf,
  leastLeakOf,
  memoryOf,
  quartilesOf,
  unitsCountedIn,
  unitTimesOf,
} from '../../benchmarking/result.ts';
import {
  bytesText,
  change,
  complaintsOf,
  countTexts,
  goodSentence,
  growthText,
  interval,
  rangeText,
} from '../bench-texts.ts';
import { incompleteGroup } from './incomplete.ts';
import type { Item } from './item.ts';
import type { Fact, Group, Report, ReportSeries, Verdict } from './report.ts';
import type { Section } from './section.ts';
import type { State } from './state.ts';

/** A run of benchmarks as a report: what became slower, larger, or grows, and every measurement behind it. */
export function reportOfBench(report: BenchReport, facts: readonly Fact[]): Report {
  const { outcomes, environment, commit, against, partial, options } = report;
  const missing = missingOf(report);
  const measured = [
    { name: 'measured', value: commit ?? 'outside a repository' },
    ...(against === undefined ? [] : [{ name: 'against', value: against }]),
    { name: 'at', value: report.startedAt },
    {
      name: 'processes of each benchmark',
      value: `${options.processes}, timed for ${options.timeMs} ms each`,
    },
    ...Object.entries(environment).map(([name, value]) => ({ name, value: String(value) })),
  ];
  return {
    kind: 'plumbline report',
    format: 1,
    of: 'bench',
    title: against === undefined ? 'Benchmarks' : `Benchmarks against ${against}`,
    verdict: verdictOf(report),
    ...(partial === undefined ? {} : { partial }),
    facts: [...measured, ...facts],
    groups: [
      ...outcomes.map((outcome) => groupOf(outcome, missing.includes(outcome))),
      ...(partial === undefined ? [] : [incompleteGroup('partial', partial)]),
    ],
    sections: [],
  };
}

function verdictOf(report: BenchReport): Verdict {
  const exitCode = benchExitCode(report);
  const [worse, missing] = [regressionsOf(report), missingOf(report)];
  const names = (list: readonly BenchmarkOutcome[]): string =>
    list.map(({ benchmark, engine }) => `${benchmark} on ${engine}`).join(', ');
  const undecided = undecidedOf(report);
  const open = undecided.length === 0 ? '' : ` Not decided: ${names(undecided)}.`;
  if (worse.length > 0) {
    const [first] = worse;
    const story = first === undefined ? '' : complaintsOf(first).join('; ');
    return { word: 'worse', tone: 'bad', exitCode, sentence: `Worse: ${names(worse)}. ${story}.${open}` };
  }
  if (exitCode !== 0) {
    const what = missing.length > 0 ? names(missing) : (report.partial ?? 'nothing was measured');
    return {
      word: 'incomplete',
      tone: 'open',
      exitCode,
      sentence: `Not everything was measured: ${what}.${open}`,
    };
  }
  if (open !== '')
    return { word: 'measured', tone: 'open', exitCode, sentence: `Nothing is found to be worse.${open}` };
  return { word: 'measured', tone: 'good', exitCode, sentence: goodSentence(report) };
}

const BASE = { places: [], consequences: [], next: [], details: [] } as const;

function groupOf(outcome: BenchmarkOutcome, isMissing: boolean): Group {
  const { benchmark, engine, unit } = outcome;
  const id = `${benchmark} on ${engine}`;
  const head = { id, title: id, facts: [], series: [], sections: [] };
  if (!('result' in outcome)) {
    const isFailed = outcome.status === 'failed';
    const item: Item = {
      ...BASE,
      id: 'measured',
      title: isFailed ? 'the benchmark failed' : 'it was not measured',
      state: isFailed ? 'failed' : 'not-checked',
      exitCode: isMissing ? 2 : 0,
      message: outcome.why,
    };
    return { ...head, items: [item] };
  }
  const { result } = outcome;
  const comparison = comparisonsOf(outcome);
  return {
    ...head,
    facts: [
      ...speedFacts(result, unit),
      { name: 'physical memory', value: `${(quartilesOf(memoryOf(result)).p50 / MIB).toFixed(0)} MiB` },
    ],
    items: [
      ...(isMissing ? [missingItem(outcome)] : []),
      ...(comparison === undefined ? [] : comparedItems(comparison)),
      ...(comparison === undefined || unitsCountedIn(result) === undefined ? [] : [countItem(outcome)]),
      growthItem(outcome, result),
    ],
    series: memorySeries(result),
    sections: [
      ...(result.points.length === 0 ? [] : [chartOf(result)]),
      processTable(result, 'against' in outcome ? outcome.against : undefined),
    ],
  };
}

function missingItem(outcome: BenchmarkOutcome): Item {
  return {
    ...BASE,
    id: 'compared',
    title: 'it was not compared',
    state: 'not-checked',
    exitCode: 2,
    message: whyMissing(outcome),
  };
}

function speedFacts(result: BenchmarkResult, unit: string): readonly Fact[] {
  const { p25, p50, p75 } = latencyOf(result);
  const units = unitsCountedIn(result);
  const device = result.processes[0]?.engine?.device;
  return [
    {
      name: `time of one ${unit}`,
      value: `${p50.toPrecision(3)} ms (quartiles ${p25.toPrecision(3)} and ${p75.toPrecision(3)})`,
    },
    ...(units === undefined
      ? []
      : [
          { name: `kernels of ${units} units`, value: rangeText(countsOf(result, 'kernels')) },
          { name: 'tensors alive', value: rangeText(countsOf(result, 'tensors')) },
          { name: 'bytes of tensors', value: rangeText(countsOf(result, 'bytes of tensors')) },
        ]),
    ...(device === undefined ? [] : [{ name: 'device', value: device }]),
  ];
}

const COMPARED = {
  slower: 'failed',
  faster: 'passed',
  same: 'passed',
  inconclusive: 'remark',
} as const satisfies Record<string, State>;

function comparedItems({ time, memory }: Comparisons): readonly Item[] {
  const item = (id: string, comparison: Comparison, words: Record<Comparison['verdict'], string>): Item => ({
    ...BASE,
    id,
    title: words[comparison.verdict],
    state: COMPARED[comparison.verdict],
    exitCode: comparison.verdict === 'slower' ? 1 : 0,
    message: `${change(comparison.ratio)} (95 %: ${interval(comparison)}), p = ${comparison.pValue.toPrecision(2)} after correction; the same side differs from itself by ${percent(comparison.noise.typical)}, and ${isUndecidable(comparison) ? 'so few processes could tell no change' : `${percent(comparison.visible)} would have been seen`}`,
  });
  return [
    item('time', time, {
      slower: 'a unit of work takes longer',
      faster: 'a unit of work takes less time',
      same: 'a unit of work takes as long as before',
      inconclusive: 'whether it is slower is not decided',
    }),
    item('memory', memory, {
      slower: 'the process takes more memory',
      faster: 'the process takes less memory',
      same: 'the process takes as much memory as before',
      inconclusive: 'whether it takes more memory is not decided',
    }),
  ];
}

/** Counts have no noise: what changed is told, and whether it may, people say. */
function countItem(outcome: BenchmarkOutcome): Item {
  const texts = countTexts(outcome);
  const isSame = texts.length === 0;
  return {
    ...BASE,
    id: 'counts',
    title: isSame ? 'kernels and tensors are those of before' : 'kernels or tensors are others than before',
    state: isSame ? 'passed' : 'remark',
    exitCode: 0,
    ...(isSame ? {} : { message: texts.join(', ') }),
  };
}

function growthItem(outcome: BenchmarkOutcome, result: BenchmarkResult): Item {
  const leaked = leakedOf(result)?.grown.tensors ?? 0;
  const worst =
    result.growth.find(({ verdict }) => verdict === 'grows') ??
    result.growth.find(({ verdict }) => verdict === 'inconclusive');
  const doesGrow = leaked > 0 || worst?.verdict === 'grows';
  if (!doesGrow && !isFollowed(result)) {
    const title = 'whether memory grows is not measured: a unit is a whole run';
    return { ...BASE, id: 'growth', title, state: 'not-checked', exitCode: 0 };
  }
  const leastLeak = leastLeakOf(result);
  const texts = [
    ...(leaked > 0 ? [`${leaked} tensors stay behind after the units that are counted`] : []),
    ...result.growth.filter(({ verdict }) => verdict !== 'flat').map((one) => growthText(one, outcome.unit)),
    ...(leastLeak === undefined
      ? []
      : [`so many units show leaks from ${bytesText(leastLeak)} a ${outcome.unit} outside of tfjs`]),
  ];
  return {
    ...BASE,
    id: 'growth',
    title: doesGrow
      ? 'memory grows with every unit of work'
      : worst === undefined
        ? 'memory does not grow'
        : 'whether memory grows is not decided',
    state: doesGrow ? 'failed' : worst === undefined ? 'passed' : 'remark',
    exitCode: doesGrow ? 1 : 0,
    ...(texts.length === 0 ? {} : { message: texts.join('; ') }),
    next: doesGrow
      ? [
          {
            text: 'Find what is kept: hold the trainer to the laws on leaks',
            command: 'npx plumbline gate --laws training/*',
          },
        ]
      : [],
  };
}

const MIB = 2 ** 20;

/** What each series is called, and what it is measured in. */
const SERIES = [
  ['rssBytes', 'physical memory, MiB', MIB],
  ['heapBytes', 'heap, MiB', MIB],
  ['externalBytes', 'external memory, MiB', MIB],
  ['tensors', 'tensors', 1],
] as const;

function memorySeries({ points }: BenchmarkResult): readonly ReportSeries[] {
  return SERIES.flatMap(([key, name, size]) => {
    const known = points.flatMap(({ unit, [key]: value }) => (value === undefined ? [] : [{ unit, value }]));
    if (known.length === 0) return [];
    return [
      {
        name,
        steps: known.map(({ unit }) => unit),
        values: known.map(({ value }) => value / size),
        notFinite: [],
        rows: known.length,
      },
    ];
  });
}

function chartOf(result: BenchmarkResult): Section {
  const series = memorySeries(result).map(({ name }) => name);
  return { kind: 'chart', title: 'Memory by units of work, garbage collected', series, limits: [] };
}

function processTable(own: BenchmarkResult, against: BenchmarkResult | undefined): Section {
  const [ours, theirs] = [unitTimesOf(own), against === undefined ? undefined : unitTimesOf(against)];
  const columns = [
    'process',
    'median of a unit, ms',
    ...(theirs === undefined ? [] : ['the other side, ms']),
  ];
  return {
    kind: 'table',
    title: 'Processes, in the order of time',
    columns: columns.map((name, index) => (index === 0 ? { name } : { name, isNumber: true })),
    rows: ours.map((time, index) => [
      String(index + 1),
      time.toPrecision(4),
      ...(theirs === undefined ? [] : [(theirs[index] ?? Number.NaN).toPrecision(4)]),
    ]),
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
