import { pathToFileURL } from 'node:url';
import type { Benchmark } from '../../benchmarking/benchmark.ts';
import { measureGrowth } from '../../benchmarking/measure-growth.ts';
import { measureTime } from '../../benchmarking/measure-time.ts';
import type * as Library from '../../index.ts';
import type { BenchmarkAnswer, BenchmarkJob } from './job.ts';
import { entryOf } from './job.ts';

// Entry of the process that does one job. What measures is of this version, what is measured of the version of the source: so
// nothing here may import an engine.

async function answerTo(job: BenchmarkJob): Promise<BenchmarkAnswer> {
  const { source } = job;
  const exported = (await import(pathToFileURL(source.module).href)) as object;
  if (job.kind === 'list') {
    // Only here: what judges the exports takes a tenth of a second to load, in which a short job is half done.
    const { benchmarksOf } = await import('./benchmarks-of.ts');
    return { status: 'listed', benchmarks: benchmarksOf(exported, source.module).map(entryOf) };
  }
  // They were judged when they were listed.
  const benchmark = (Object.values(exported).flat() as readonly Benchmark[]).find(
    ({ id }) => id === job.benchmark,
  );
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
