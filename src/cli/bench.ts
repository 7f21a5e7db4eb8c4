import { BENCHMARKS } from '../../bench/index.ts';
import { requireWritable, writeAtomically } from '../atomic-write.ts';
import { describeEngine, ENGINE_NAMES } from '../engine/index.ts';
import type { BenchmarkReport } from '../reporting/bench-terminal.ts';
import { benchTerminal } from '../reporting/bench-terminal.ts';
import { versions } from '../version.ts';
import { measureInChild } from './bench/bench-process.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';
import { wholeNumber } from './whole-number.ts';

const IDS = BENCHMARKS.map(({ id }) => id);

const help =
  (): string => `Measures the trainers of this package, each benchmark on each of its engines that is here, in a process of its own with
one thread: the time of one unit of work, tensors that stay alive, tensors that leak, kernels, memory.

Numbers of a machine that others share are noisy: compare them only within one run, and look at the quartiles.

Exit code: 0 measured; 1 tensors leak; 2 something that was asked for could not be measured, or nothing was.

  plumbline bench nk-published --engines tensorflow --time 20

Benchmarks
${BENCHMARKS.map(({ id, summary }) => `  ${id}: ${summary}`).join('\n')}`;

/** `plumbline bench` */
export const benchCommand: Command = {
  help,
  arguments: [{ name: '[benchmarks...]', description: 'only these' }],
  options: [
    { flags: '--engines <names>', description: 'only these engines, comma-separated' },
    { flags: '--time <seconds>', description: 'how long each is timed', defaultValue: '10' },
    { flags: '--json <file>', description: 'write everything as JSON too' },
  ],
  run: async (names, { engines, time, json }) => {
    const ids = names.length === 0 ? IDS : choose('benchmark', names.join(','), IDS);
    const asked = typeof engines === 'string' ? choose('engine', engines, ENGINE_NAMES) : undefined;
    const timeMs = 1000 * wholeNumber('--time', time);
    if (typeof json === 'string') requireWritable(json);
    const reports: BenchmarkReport[] = [];
    for (const benchmark of BENCHMARKS.filter(({ id }) => ids.includes(id))) {
      for (const engine of asked ?? benchmark.engines) {
        process.stderr.write(`${benchmark.id} on ${engine} …\n`);
        reports.push(await report(benchmark.id, engine, timeMs));
      }
    }
    process.stdout.write(`${benchTerminal(reports)}\n`);
    if (typeof json === 'string') {
      writeAtomically(
        json,
        `${JSON.stringify({ kind: 'plumbline bench report', versions: versions(), reports }, null, 2)}\n`,
      );
    }
    return exitCodeOf(reports, asked !== undefined);
  },
};

async function report(benchmark: string, engine: string, timeMs: number): Promise<BenchmarkReport> {
  const description = describeEngine(engine);
  if (description.status !== 'here') {
    return {
      status: 'not-checked',
      benchmark,
      engine,
      why: `${description.reason}; ${description.remedy ?? ''}`,
    };
  }
  const answer = await measureInChild(benchmark, engine, timeMs);
  return answer.status === 'measured' ? answer : { status: 'failed', benchmark, engine, why: answer.why };
}

function exitCodeOf(reports: readonly BenchmarkReport[], wereAsked: boolean): number {
  const measured = reports.flatMap((one) => (one.status === 'measured' ? [one.result] : []));
  if (measured.some(({ growth }) => growth.tensors > 0)) return 1;
  const isMissing = reports.some(
    ({ status }) => status === 'failed' || (wereAsked && status === 'not-checked'),
  );
  return measured.length === 0 || isMissing ? 2 : 0;
}
