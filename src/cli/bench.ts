import { resolve } from 'node:path';
import { BENCHMARKS } from '../../bench/index.ts';
import { requireWritable, writeAtomically } from '../atomic-write.ts';
import { benchmarkEnvironment } from '../benchmarking/environment.ts';
import type { BenchReport } from '../benchmarking/report.ts';
import { benchExitCode } from '../benchmarking/report.ts';
import { benchJson } from '../reporting/bench-json.ts';
import { benchTerminal } from '../reporting/bench-terminal.ts';
import { paintFor } from '../reporting/paint.ts';
import { reportOfBench } from '../reporting/report/from-bench.ts';
import { table } from '../reporting/table.ts';
import { versions } from '../version.ts';
import { compareCommits } from './bench/compare-commits.ts';
import { git } from './bench/git.ts';
import { measureAll } from './bench/measure-all.ts';
import type { BenchOptions } from './bench/options.ts';
import { BENCH_OPTIONS, parseBenchOptions } from './bench/options.ts';
import { benchProgress } from './bench/progress.ts';
import type { SavedReport } from './bench/saved.ts';
import { againstBaseline, coversSaved, nameOfSaved, readBaseline } from './bench/saved.ts';
import { selfTest } from './bench/self-test.ts';
import { sourceHere } from './bench/source.ts';
import type { Command } from './command.ts';
import { listenForInterruption } from './interruption.ts';
import { versionFacts } from './report/facts.ts';
import type { Reports } from './report/reports.ts';
import { openReports, reportOption } from './report/reports.ts';

const help =
  (): string => `Measures benchmarks, each on each of its engines that is here, in processes of their own with one thread: the
time of one unit of work, what stays in memory, what grows, kernels.

  plumbline bench nk-published --engines tensorflow
  plumbline bench --against HEAD~1 --engines wasm     both commits in turn, with a verdict
  plumbline bench --benchmarks bench/mine.js          benchmarks of your own
  plumbline bench --save last.json                    and later: --baseline last.json
  plumbline bench --self-test                         what this machine can see

--against writes both states into a temporary folder, installs and builds each once (packages are those that are installed
here where they are those of the lockfile, and kept in the user's cache where they are not), and lets processes of the
two take turns. A change is called one when the exact signed-rank test says so, corrected for all benchmarks
(Holm), and it is larger than the threshold.

Exit code: 0 measured, and nothing is worse; 1 slower, more memory, or growing memory; 2 something that was asked for could
not be measured or compared, or nothing was; 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP.

Benchmarks
${BENCHMARKS.map(({ id, summary }) => `  ${id}: ${summary}`).join('\n')}`;

/** `plumbline bench` */
export const benchCommand: Command = {
  help,
  arguments: [{ name: '[benchmarks...]', description: 'only these' }],
  options: [...BENCH_OPTIONS, reportOption],
  run: async (names, raw) => {
    const options = parseBenchOptions(names, raw);
    for (const file of [options.json, options.save]) if (file !== undefined) requireWritable(file);
    const reports = openReports(raw['report']);
    const progress = benchProgress(process.stderr);
    const interruption = listenForInterruption(() => {
      progress.say('\nEnding: what is measured so far is told. Once more ends at once.');
    });
    try {
      const code = options.selfTest
        ? await tellSelfTest(options, interruption.signal)
        : await bench(options, reports, interruption.signal);
      return interruption.exitCode() ?? code;
    } catch (error) {
      // Of a self-test that is interrupted there is nothing to tell.
      const code = options.selfTest ? interruption.exitCode() : undefined;
      if (code === undefined) throw error;
      return code;
    } finally {
      interruption.stop();
    }
  },
};

async function bench(options: BenchOptions, reports: Reports, signal: AbortSignal): Promise<number> {
  const progress = benchProgress(process.stderr);
  const environment = benchmarkEnvironment();
  const saved =
    options.baseline === undefined ? undefined : readBaseline(options.baseline, environment, options);
  const started = Date.now();
  const measured = await outcomesOf(options, progress, signal).catch((error: unknown) => {
    // What is ended with this process has not failed.
    if (!signal.aborted) throw error;
    return { outcomes: [] };
  });
  const report: BenchReport = {
    kind: 'plumbline bench report',
    format: 1,
    versions: versions(),
    startedAt: new Date(started).toISOString(),
    durationMs: Date.now() - started,
    environment,
    ...measured,
    ...(saved === undefined
      ? {}
      : {
          against: nameOfSaved(saved, options.baseline ?? ''),
          outcomes: againstBaseline(measured.outcomes, saved, options, signal.aborted),
        }),
    ...(signal.aborted ? { partial: 'interrupted by the user' } : {}),
    options: {
      processes: options.processes,
      timeMs: options.timeMs,
      threshold: options.threshold,
      budgetBytes: options.budgetBytes,
      ...(options.engines === undefined ? {} : { engines: options.engines }),
    },
  };
  process.stdout.write(benchTerminal(report, paintFor(process.stdout)));
  await reports.publish(reportOfBench(report, versionFacts()));
  if (options.json !== undefined) writeAtomically(options.json, benchJson(report));
  if (options.save !== undefined) {
    const why = whyNoBaseline(report, options, saved);
    if (why === undefined) writeAtomically(options.save, benchJson(report));
    else progress.say(`${options.save} is not written: ${why}.`);
  }
  return benchExitCode(report);
}

/** Why a report must not take the place of a baseline: a run that is made again would then be held against what was worse. */
function whyNoBaseline(
  report: BenchReport,
  { save, baseline }: BenchOptions,
  saved: SavedReport | undefined,
): string | undefined {
  if (report.partial !== undefined) return 'not all was measured';
  if (report.outcomes.every((outcome) => !('result' in outcome))) return 'nothing was measured';
  if (save === undefined || baseline === undefined || resolve(save) !== resolve(baseline)) return undefined;
  return benchExitCode(report) === 0 && saved !== undefined && coversSaved(report, saved)
    ? undefined
    : 'something is worse than in it, not decided, new, or not among what was measured; to accept that, save without --baseline';
}

async function outcomesOf(
  options: BenchOptions,
  progress: ReturnType<typeof benchProgress>,
  signal: AbortSignal,
): Promise<Pick<BenchReport, 'outcomes' | 'commit' | 'against'>> {
  if (options.against !== undefined) {
    const { own, against, outcomes } = await compareCommits(options.against, options, progress, signal);
    return { commit: own, against, outcomes };
  }
  const commit = await git(['describe', '--always', '--dirty', '--abbrev=7'], { cwd: process.cwd() }).catch(
    () => undefined,
  );
  const outcomes = await measureAll(sourceHere(options.module), options, progress, signal);
  return { ...(commit === undefined ? {} : { commit }), outcomes };
}

async function tellSelfTest(options: BenchOptions, signal: AbortSignal): Promise<number> {
  const cases = await selfTest(options, benchProgress(process.stderr), signal);
  const paint = paintFor(process.stdout);
  const rows = cases.map(({ what, expected, found, passed }) => [
    passed ? 'seen' : 'NOT SEEN',
    what,
    expected,
    found,
  ]);
  const passed = cases.every((one) => one.passed);
  process.stdout.write(`${table([['', 'injected', 'expected', 'found'], ...rows], '  ')}\n`);
  const verdict = passed ? 'What was injected is seen, and nothing else.' : 'This machine does not tell.';
  process.stdout.write(`${paint(passed ? 'green' : 'red', verdict)}\n`);
  if (options.json !== undefined)
    writeAtomically(
      options.json,
      `${JSON.stringify({ kind: 'plumbline bench self-test', format: 1, cases }, null, 2)}\n`,
    );
  return passed ? 0 : 1;
}
