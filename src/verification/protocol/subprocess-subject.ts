import { SubjectError } from '../../errors.ts';
import type { Arithmetic } from '../../numerics/arithmetic.ts';
import type { InputOf, Operation, OutputOf } from '../operation.ts';
import { parseInput, parseOutput } from '../operation.ts';
import type { Subject } from '../subject.ts';
import type { FloatDtype } from '../tensor-value.ts';
import type { HelloResult } from './messages.ts';
import type { SubjectSession } from './subject-session.ts';

/** Where and in what a subject is asked to compute. */
export interface SubjectEngine {
  /** `float32@cpu`. */
  readonly name: string;
  readonly dtype: FloatDtype;
  readonly device: string;
}

/** Every device that a subject names, in every dtype. */
export function enginesOf({ devices, dtypes }: HelloResult): readonly SubjectEngine[] {
  return devices.flatMap((device) => dtypes.map((dtype) => ({ name: `${dtype}@${device}`, dtype, device })));
}

export interface SubprocessSubjectOptions {
  readonly session: SubjectSession;
  readonly said: HelloResult;
  readonly engine: SubjectEngine;
  readonly arithmetic: Arithmetic;
  /** What the subject calls an operation, where it has another name for it. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/** A subject in another process, on one of its devices and in one of its dtypes. */
export function subprocessSubject(options: SubprocessSubjectOptions): Subject {
  const { session, said, engine, arithmetic, renamed = {} } = options;
  const nameOf = ({ name }: Operation): string => renamed[name] ?? name;
  const has = (operation: Operation): boolean => said.operations.includes(nameOf(operation));
  return {
    name: said.name,
    engine: engine.name,
    arithmetic,
    floats: engine.dtype,
    has,
    beginLaw: () => {
      session.beginLaw();
    },
    release: (object) => session.release(object),
    async call<O extends Operation>(operation: O, input: InputOf<O>): Promise<OutputOf<O>> {
      if (!has(operation)) {
        throw new SubjectError({
          code: 'operation-missing',
          what: `subject ${said.name} does not implement ${nameOf(operation)}`,
          expected: operation.summary,
        });
      }
      const { dtype, device } = engine;
      const params = { operation: nameOf(operation), input: parseInput(operation, input), dtype, device };
      return parseOutput(operation, await session.ask('call', params, dtype));
    },
  };
}
