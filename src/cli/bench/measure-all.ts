import type { TimeMeasurement } from '../../benchmarking/measure-time.ts';
import type { BenchmarkOutcome } from '../../benchmarking/result.ts';
import { headOf, plannedCases } from './cases.ts';
import type { BenchmarkSource } from './job.ts';
import { benchmarksIn, follow, resultOf, timeOnce } from './measure-case.ts';
import type { BenchOptions } from './options.ts';
import type { BenchProgress } from './progress.ts';

/**
 * Measures each benchmark on each of its engines, in several processes one after the other; what fails is an outcome too. When
 * the signal comes, what is done is returned.
 */
export async function measureAll(
  source: BenchmarkSource,
  options: BenchOptions,
  progress: BenchProgress,
  signal: AbortSignal,
): Promise<readonly BenchmarkOutcome[]> {
  const planned = plannedCases(await benchmarksIn(source, signal), options);
  const outcomes: BenchmarkOutcome[] = [];
  const steps = (fewestUnits?: number): number => (fewestUnits === 1 ? 1 : options.processes + 1);
  progress.begin(
    planned.reduce((sum, one) => sum + ('outcome' in one ? 0 : steps(one.entry.fewestUnits)), 0),
  );
  for (const one of planned) {
    if ('outcome' in one) {
      outcomes.push(one.outcome);
      continue;
    }
    const { entry, engine } = one;
    const measuring = { ...options, signal };
    const head = headOf(entry, engine);
    try {
      const processes: TimeMeasurement[] = [];
      // A whole run is done once: it takes long, and is not there to be compared.
      const wanted = entry.fewestUnits === 1 ? 1 : options.processes;
      for (let process = 0; process < wanted; process += 1) {
        progress.step(`${entry.id} on ${engine}`, `process ${process + 1} of ${wanted}`);
        // Once is enough for a ratio that is made of pairs already.
        processes.push(await timeOnce({ source, entry, engine }, { ...measuring, otherWay: process === 0 }));
      }
      if (wanted > 1) progress.step(`${entry.id} on ${engine}`, 'memory');
      const points = await follow({ source, entry, engine }, measuring);
      outcomes.push({
        ...head,
        status: 'measured',
        result: resultOf(processes, points, { ...options, engine }),
      });
    } catch (error) {
      if (signal.aborted) break;
      outcomes.push({ ...head, status: 'failed', why: storyOf(error) });
    }
  }
  return outcomes;
}

/** What is told of a benchmark that threw. */
export function storyOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
