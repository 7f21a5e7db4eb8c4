import { SubjectError, SuiteError } from '../errors.ts';
import type { Arithmetic } from '../numerics/arithmetic.ts';
import type { InputOf, Operation, OutputOf } from './operation.ts';
import { parseInput, parseOutput } from './operation.ts';
import type { FloatDtype } from './tensor-value.ts';

/** The name of an object that stays in the subject: a normaliser, an environment. */
export interface Handle {
  readonly $handle: string;
}

/** Kernels that ran, by the backend that ran them: the proof of where a verdict comes from. */
export type KernelCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Cumulative counts of the kernels that ran; subjects that cannot tell have none. */
export interface KernelCounter {
  counts(): KernelCounts;
}

/** An implementation of some operations, on one engine. */
export interface Subject {
  readonly name: string;
  /** The engine that must have done the work, and the arithmetic that bounds are derived from. */
  readonly engine: string;
  readonly arithmetic: Arithmetic;
  /** The dtype of its real numbers; float32 unless it says otherwise. Inputs of laws fit into either. */
  readonly floats?: FloatDtype;
  readonly kernels?: KernelCounter;
  /** An object that it keeps is not needed any longer. */
  release?(object: Handle): Promise<void>;
  /** Called before each law is judged. */
  beginLaw?(): void;
  has(operation: Operation): boolean;
  /**
   * @throws SubjectError when the subject lacks the operation, crashes, or breaks the contract.
   * @throws SuiteError when the input breaks the contract.
   */
  call<O extends Operation>(operation: O, input: InputOf<O>): Promise<OutputOf<O>>;
}

/** One operation with the function that answers it. */
export interface Implementation {
  readonly operation: Operation;
  readonly answer: (input: unknown) => Promise<unknown>;
}

/** Ties a function to the operation that it implements; types are checked here, once. */
export function implement<O extends Operation>(
  operation: O,
  answer: (input: InputOf<O>) => Promise<OutputOf<O>>,
): Implementation {
  return { operation, answer: (input) => answer(input as InputOf<O>) };
}

export interface InProcessSubjectOptions {
  readonly name: string;
  readonly engine: string;
  readonly arithmetic: Arithmetic;
  readonly kernels?: KernelCounter;
  readonly implementations: readonly Implementation[];
}

/** A subject whose operations are functions of this process. Inputs and outputs are validated like those of any other. */
export function inProcessSubject(options: InProcessSubjectOptions): Subject {
  const answers = new Map<string, Implementation['answer']>();
  for (const { operation, answer } of options.implementations) {
    if (answers.has(operation.name)) {
      throw new SuiteError({
        code: 'operation-twice',
        what: `subject ${options.name} implements ${operation.name} twice`,
      });
    }
    answers.set(operation.name, answer);
  }
  return {
    name: options.name,
    engine: options.engine,
    arithmetic: options.arithmetic,
    ...(options.kernels === undefined ? {} : { kernels: options.kernels }),
    has: (operation) => answers.has(operation.name),
    async call<O extends Operation>(operation: O, input: InputOf<O>): Promise<OutputOf<O>> {
      const answer = answers.get(operation.name);
      if (answer === undefined) {
        throw new SubjectError({
          code: 'operation-missing',
          what: `subject ${options.name} does not implement ${operation.name}`,
          expected: operation.summary,
        });
      }
      const checked = parseInput(operation, input);
      let output: unknown;
      try {
        output = await answer(checked);
      } catch (error) {
        if (error instanceof SubjectError) throw error;
        throw new SubjectError({
          code: 'subject-crashed',
          what: `${operation.name} threw`,
          given: error instanceof Error ? (error.stack ?? error.message) : String(error),
          todo: 'run the operation on the printed case under a debugger',
          cause: error,
        });
      }
      return parseOutput(operation, output);
    },
  };
}
