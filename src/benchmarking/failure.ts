import { SuiteError } from '../errors.ts';

/** What a benchmark is that threw. */
export function benchmarkFailed(id: string, engine: string | undefined, error: unknown): SuiteError {
  return new SuiteError({
    code: 'benchmark-failed',
    what: `the benchmark ${id} failed on ${engine ?? 'host'}`,
    given: error instanceof Error ? error.message : String(error),
    expected: 'a unit that does its work',
    cause: error,
  });
}
