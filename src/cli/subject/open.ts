import { SubjectError } from '../../errors.ts';
import type { Arithmetic } from '../../numerics/arithmetic.ts';
import { DERIVED_OPERATIONS, withDerived } from '../../verification/derived/index.ts';
import type { Operation } from '../../verification/operation.ts';
import type { HelloResult, Lines, SubjectEngine } from '../../verification/protocol/index.ts';
import { echoFailures, subprocessSubject, SubjectSession } from '../../verification/protocol/index.ts';
import type { Subject } from '../../verification/subject.ts';
import type { FloatDtype } from '../../verification/tensor-value.ts';
import { plumblineVersion } from '../../version.ts';
import { arithmeticOf } from './arithmetic.ts';
import type { SubjectDeclaration } from './declaration.ts';

/** A subject whose process runs, and whose adapter returns tensors as they were. */
export interface OpenSubject {
  readonly session: SubjectSession;
  readonly said: HelloResult;
  readonly declaration: SubjectDeclaration;
  readonly arithmetic: Readonly<Record<FloatDtype, Arithmetic>>;
  /** What the subject calls an operation. */
  nameOf(operation: Operation): string;
  /** What it answers itself, on whatever engine. */
  readonly direct: Pick<Subject, 'has'>;
  /** The story of each death; of those that happen after `keepDeaths` none is told. */
  deaths(): readonly string[];
  keepDeaths(): void;
}

/**
 * Starts a subject and sees that tensors pass bit for bit.
 *
 * @throws SubjectError `subject-not-started`, `echo-differs`
 */
export async function openSubject(
  declaration: SubjectDeclaration,
  between?: (lines: Lines) => Lines,
): Promise<OpenSubject> {
  const open = await openSession(declaration, between);
  const [failure] = await echoFailures(open.session);
  if (failure === undefined) return open;
  open.session.stop();
  throw new SubjectError({
    code: 'echo-differs',
    what: 'the subject does not return values as they were',
    given: failure,
    expected: 'every value of `echo`, bit for bit',
    todo: 'correct how the adapter reads and writes tensors; `plumbline gate --validate` shows all that differ',
  });
}

/**
 * Starts a subject.
 *
 * @throws SubjectError `subject-not-started`
 */
export async function openSession(
  declaration: SubjectDeclaration,
  between?: (lines: Lines) => Lines,
): Promise<OpenSubject> {
  const session = new SubjectSession({
    ...declaration,
    client: { name: 'plumbline', version: plumblineVersion() },
    ...(between === undefined ? {} : { between }),
  });
  try {
    const said = await session.open();
    let kept: readonly string[] | undefined;
    const nameOf = ({ name }: Operation): string => declaration.operations?.[name] ?? name;
    return {
      session,
      said,
      declaration,
      arithmetic: {
        float32: arithmeticOf('float32', declaration.tolerances),
        float64: arithmeticOf('float64', declaration.tolerances),
      },
      nameOf,
      direct: { has: (operation) => said.operations.includes(nameOf(operation)) },
      deaths: () => kept ?? [...session.deaths],
      keepDeaths: () => {
        kept = [...session.deaths];
      },
    };
  } catch (error) {
    session.stop();
    throw error;
  }
}

/** The subject on one of its engines, with all that follows from the operations that it has. */
export function subjectOn(
  { session, said, declaration, arithmetic }: OpenSubject,
  engine: SubjectEngine,
): Subject {
  const subject = subprocessSubject({
    session,
    said,
    engine,
    arithmetic: arithmetic[engine.dtype],
    ...(declaration.operations === undefined ? {} : { renamed: declaration.operations }),
  });
  return withDerived(subject, DERIVED_OPERATIONS);
}
