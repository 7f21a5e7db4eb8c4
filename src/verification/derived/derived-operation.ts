import type { InputOf, Operation, OutputOf } from '../operation.ts';
import type { Subject } from '../subject.ts';

/** An operation that is answered by way of others, which a subject may find easier to have. */
export interface DerivedOperation {
  readonly operation: Operation;
  readonly from: readonly Operation[];
  readonly answer: (subject: Subject, input: unknown) => Promise<unknown>;
}

/** Ties an operation to the others that answer it. */
export function derived<O extends Operation>(
  operation: O,
  from: readonly Operation[],
  answer: (subject: Subject, input: InputOf<O>) => Promise<OutputOf<O>>,
): DerivedOperation {
  return { operation, from, answer: (subject, input) => answer(subject, input as InputOf<O>) };
}

/** A subject that also has what follows from the operations that it has. What it answers itself it is asked itself. */
export function withDerived(subject: Subject, operations: readonly DerivedOperation[]): Subject {
  const derivedOf = (operation: Operation): DerivedOperation | undefined =>
    subject.has(operation)
      ? undefined
      : operations.find((one) => one.operation === operation && one.from.every((base) => subject.has(base)));
  return {
    ...subject,
    has: (operation) => subject.has(operation) || derivedOf(operation) !== undefined,
    async call<O extends Operation>(operation: O, input: InputOf<O>): Promise<OutputOf<O>> {
      const one = derivedOf(operation);
      if (one === undefined) return subject.call(operation, input);
      return (await one.answer(subject, input)) as OutputOf<O>;
    },
  };
}
