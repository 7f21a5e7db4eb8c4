import type { z } from 'zod';
import { SubjectError, SuiteError } from '../errors.ts';

/** A named function with typed inputs and outputs: the only thing that a law knows of a subject. */
export interface Operation<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
}

export type InputOf<O extends Operation> = z.output<O['input']>;
export type OutputOf<O extends Operation> = z.output<O['output']>;

/** Declares an operation; the schemas are its published types. */
export function operation<Input extends z.ZodType, Output extends z.ZodType>(
  declaration: Operation<Input, Output>,
): Operation<Input, Output> {
  return declaration;
}

/** @throws SuiteError `operation-input` when a law asks something that the contract does not allow. */
export function parseInput<O extends Operation>(operation: O, value: unknown): InputOf<O> {
  const parsed = operation.input.safeParse(value);
  if (parsed.success) return parsed.data as InputOf<O>;
  throw new SuiteError({
    code: 'operation-input',
    what: `a law called ${operation.name} with an input that its contract does not allow`,
    given: issuesOf(parsed.error),
    todo: 'correct the generator of the law, or the contract',
  });
}

/** @throws SubjectError `operation-output` when a subject answers with something that the contract does not allow. */
export function parseOutput<O extends Operation>(operation: O, value: unknown): OutputOf<O> {
  const parsed = operation.output.safeParse(value);
  if (parsed.success) return parsed.data as OutputOf<O>;
  throw new SubjectError({
    code: 'operation-output',
    what: `${operation.name} answered with something that its contract does not allow`,
    given: issuesOf(parsed.error),
    expected: operation.summary,
    todo: 'correct the answer of the subject, or declare another operation',
  });
}

function issuesOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'the value'}: ${issue.message}`).join('; ');
}
