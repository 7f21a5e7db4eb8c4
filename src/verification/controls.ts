import type { CheckOptions } from './check-law.ts';
import { checkLaw } from './check-law.ts';
import type { Law } from './law.ts';
import type { Subject } from './subject.ts';
import type { Verdict } from './verdict.ts';

/** Cases enough for a law to reject a subject all of whose answers are worthless. */
const CONTROL_RUNS = 3;

/** What became of a law's control: the known-bad subject must be rejected, or the law cannot be trusted. */
export interface ControlResult {
  readonly law: string;
  readonly engine: string;
  /** Only `violated` is right. */
  readonly verdict: Verdict;
  /** Why the verdict could not be had. */
  readonly reason?: string;
}

/**
 * A subject that is wrong in every answer: numbers become NaN, flags are negated, integers and words replaced.
 * A law that accepts it takes two non-finite numbers as equal, or looks at nothing.
 */
export function knownBad(subject: Subject): Subject {
  return {
    ...subject,
    name: `${subject.name} (known bad)`,
    async call(operation, input) {
      return scramble(await subject.call(operation, input)) as never;
    },
  };
}

/** Shows one law the known-bad subject. */
export async function checkControl(
  law: Law,
  subject: Subject,
  options: CheckOptions,
): Promise<ControlResult> {
  const { verdict, reason } = await checkLaw(law, knownBad(subject), {
    ...options,
    runs: CONTROL_RUNS,
    firstViolation: true,
  });
  return { law: law.id, engine: subject.engine, verdict, ...(reason === undefined ? {} : { reason }) };
}

function scramble(value: unknown): unknown {
  if (typeof value === 'number') return Number.NaN;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return `not ${value}`;
  if (value instanceof Float32Array || value instanceof Float64Array) return value.map(() => Number.NaN);
  if (value instanceof Int32Array) return value.map((element) => ~element);
  if (value instanceof Uint8Array) return value.map((element) => 1 - element);
  if (Array.isArray(value)) return value.map(scramble);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, isTensorType(key) ? entry : scramble(entry)]),
    );
  }
  return value;
}

/** Types stay as they are: with them scrambled as well, a law could reject by the type alone and compare nothing. */
function isTensorType(key: string): boolean {
  return key === 'dtype' || key === 'shape';
}
