import { pathToFileURL } from 'node:url';
import { measureGrowth } from '../../benchmarking/measure-growth.ts';
import { measureTime } from '../../benchmarking/measure-time.ts';
import type * as Library from '../../index.ts';
import { benchmarksOf } from './benchmarks-of.ts';
import type { BenchmarkAnswer, BenchmarkJob } from './job.ts';
import { entryOf } from './job.ts';

// Entry of the process that does one job. What measures is of this version, what is measured of the version of the source: so
// nothing here may import an engine.

async function answerTo(job: BenchmarkJob): Promise<BenchmarkAnswer> {
  const { source } = job;
  const benchmarks = benchmarksOf(await import(pathToFileURL(source.module).href), source.module);
  if (job.kind === 'list') {
    return { status: 'listed', benchmarks: benchmarks.map(entryOf) };
  }
  const benchmark = benchmarks.find(({ id }) => id === job.benchmark);
  if (benchmark === undefined) return { status: 'failed', why: `there is no benchmark ${job.benchmark}` };
  const { timeMs, otherWay } = job;
  const engine = job.engine === 'host' ? {} : { engine: await opened(source.library, job.engine) };
  if (job.kind === 'growth') {
    return { status: 'followed', points: await measureGrowth(benchmark, { timeMs, ...engine }) };
  }
  const measurement = await measureTime(benchmark, { timeMs, otherWay, ...engine });
  return { status: 'timed', measurement };
}

async function opened(library: string, name: string): ReturnType<typeof Library.openEngine> {
  const { openEngine } = (await import(pathToFileURL(library).href)) as typeof Library;
  return openEngine(name);
}

process.once('message', (job) => {
  void answerTo(job as BenchmarkJob)
    .catch((error: unknown): BenchmarkAnswer => {
      return { status: 'failed', why: error instanceof Error ? error.message : String(error) };
    })
    // Some native engines would keep the event loop alive.
    .then((answer) => process.send?.(answer, () => process.exit()));
});
