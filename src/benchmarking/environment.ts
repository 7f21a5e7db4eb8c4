import { arch, availableParallelism, cpus, platform, release } from 'node:os';

/** Where something was measured: numbers of another place say nothing of a change. */
export interface BenchmarkEnvironment {
  readonly system: string;
  readonly processor: string;
  readonly processors: number;
  readonly node: string;
  /** Threads that libraries are given. */
  readonly threads: number;
}

/** That of this process. */
export function benchmarkEnvironment(): BenchmarkEnvironment {
  return {
    system: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    processors: availableParallelism(),
    node: process.versions.node,
    threads: 1,
  };
}

/** What differs between two, in words; empty where nothing does. */
export function differencesOf(one: BenchmarkEnvironment, other: BenchmarkEnvironment): readonly string[] {
  const keys = Object.keys(one) as (keyof BenchmarkEnvironment)[];
  return keys
    .filter((key) => one[key] !== other[key])
    .map((key) => `${key}: ${other[key]} then, ${one[key]} now`);
}
