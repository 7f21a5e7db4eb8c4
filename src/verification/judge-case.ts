import { SuiteError } from '../errors.ts';
import { runningError } from '../numerics/running-error.ts';
import type { Bench, Law } from './law.ts';
import type { Measurement } from './measurement.ts';
import { worstOf } from './measurement.ts';
import type { Subject } from './subject.ts';

/** What a law is given to judge a subject with: calls limited to what it declares. */
export function benchOf(law: Law, subject: Subject): Bench {
  return {
    engine: subject.engine,
    arithmetic: runningError(subject.arithmetic),
    floats: subject.floats ?? 'float32',
    call(operation, input) {
      if (!law.needs.includes(operation)) {
        throw new SuiteError({
          code: 'operation-undeclared',
          what: `law ${law.id} asks for ${operation.name}, which it does not declare`,
          todo: `add it to the law's \`needs\``,
        });
      }
      return subject.call(operation, input);
    },
  };
}

export interface JudgedCase {
  readonly worst: Measurement;
  readonly all: readonly Measurement[];
  /** Operations that were asked. */
  readonly asked: readonly string[];
}

/** All measurements of one case, and the worst of them. A law that measures nothing is a defect of the law. */
export async function judgeCase(law: Law, bench: Bench, sample: unknown): Promise<JudgedCase> {
  const asked = new Set<string>();
  const all = await law.judge(sample, {
    ...bench,
    call: (operation, input) => {
      asked.add(operation.name);
      return bench.call(operation, input);
    },
  });
  const worst = worstOf(all);
  if (worst === undefined) {
    throw new SuiteError({
      code: 'law-measures-nothing',
      what: `law ${law.id} returned no measurement for a case`,
      todo: 'return at least one measurement, or keep such cases out of its generator',
    });
  }
  return { worst, all, asked: [...asked] };
}
