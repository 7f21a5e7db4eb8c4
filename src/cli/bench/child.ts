import { BENCHMARKS } from '../../../bench/index.ts';
import { measure } from '../../benchmarking/measure.ts';
import { openEngine } from '../../engine/index.ts';
import type { BenchAnswer } from './bench-process.ts';

// Entry of the process in which one benchmark is measured on one engine: its arguments are both names and the time in ms.

const [, , id = '', engineName = '', timeMs = '0'] = process.argv;

async function answer(): Promise<BenchAnswer> {
  try {
    const benchmark = BENCHMARKS.find((one) => one.id === id);
    if (benchmark === undefined) throw new TypeError(`there is no benchmark ${id}`);
    const engine = await openEngine(engineName);
    const result = await measure(benchmark, engine, { timeMs: Number(timeMs) });
    return { status: 'measured', result };
  } catch (error) {
    return { status: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

const answered = await answer();
process.send?.(answered, () => process.exit());
