import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { LAWS } from '../../../invariants/index.ts';
import { InputError } from '../../errors.ts';
import { ELEMENTARY_FUNCTIONS } from '../../numerics/arithmetic.ts';
import { OPERATIONS } from '../../verification/operations.ts';
import { ledgerSchema } from '../../verification/ledger.ts';
import type { Deviation } from '../../verification/ledger.ts';
import { META_DEVICE_LAW } from '../../verification/protocol/index.ts';
import { choose } from '../choose.ts';
import { shellWord } from '../shell-word.ts';

/** The file that declares a subject, in the folder of its repository. */
export const SUBJECT_FILE = 'plumbline.yaml';

const seconds = z.number().positive().max(86_400);

/** What is known of the arithmetic of a dtype: unit roundoff, and errors of functions in units of it. */
const tolerance = z.strictObject({
  roundoff: z.number().positive().max(0.01).optional(),
  functions: z.partialRecord(z.enum(ELEMENTARY_FUNCTIONS), z.number().positive().max(1e6)).optional(),
});

/** What a plumbline.yaml may say. */
export const subjectFileSchema = z.strictObject({
  subject: z.strictObject({
    command: z.string().min(1),
    directory: z.string().min(1).optional(),
    environment: z.record(z.string(), z.string()).optional(),
    startLimitSeconds: seconds.optional(),
    requestLimitSeconds: seconds.optional(),
  }),
  operations: z
    .record(z.string().regex(/^[^*,]+$/, 'one operation, without * and commas'), z.string().min(1))
    .optional(),
  engines: z.array(z.string().min(1)).nonempty().optional(),
  laws: z.array(z.string().min(1)).nonempty().optional(),
  tolerances: z.strictObject({ float32: tolerance.optional(), float64: tolerance.optional() }).optional(),
  ledger: z.string().min(1).optional(),
  counterexamples: z.string().min(1).optional(),
});
type SubjectFile = z.output<typeof subjectFileSchema>;

/** A subject as a command is told of it; paths are absolute. */
export interface SubjectDeclaration extends Omit<SubjectFile, 'subject' | 'ledger' | 'counterexamples'> {
  readonly command: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly startLimitMs: number;
  readonly requestLimitMs: number;
  readonly deviations: readonly Deviation[];
  readonly counterexamples: string;
  /** How a command names it again: ` --subject '…'`, ` --config FILE`, or nothing where it stands in plumbline.yaml here. */
  readonly flag: string;
}

const START_LIMIT_SECONDS = 120;
const REQUEST_LIMIT_SECONDS = 60;
const COUNTEREXAMPLES = 'plumbline-counterexamples';

/**
 * The subject that a command names, or that the folder declares; undefined for the models of this package.
 *
 * @throws InputError `subject-twice`, `subject-file-missing`, `subject-file-invalid`, `operation-unknown`, `ledger-missing`,
 * `ledger-invalid`
 */
export function declaredSubject(options: {
  readonly subject?: unknown;
  readonly config?: unknown;
  readonly ledger?: unknown;
}): SubjectDeclaration | undefined {
  const { subject: command, config } = options;
  if (typeof command === 'string' && typeof config === 'string') {
    throw new InputError({
      code: 'subject-twice',
      what: 'a subject is named by its command, or declared in a file',
      given: 'both --subject and --config',
      todo: 'leave one of them out',
    });
  }
  if (typeof command === 'string') {
    return declarationOf(
      { subject: { command } },
      process.cwd(),
      ` --subject ${shellWord(command)}`,
      options.ledger,
    );
  }
  const file = typeof config === 'string' ? config : SUBJECT_FILE;
  if (!existsSync(file)) {
    if (typeof config !== 'string') return undefined;
    throw new InputError({
      code: 'subject-file-missing',
      what: 'there is no file that declares a subject',
      given: file,
      expected: `a file like the ${SUBJECT_FILE} that \`plumbline init\` writes`,
    });
  }
  const flag = typeof config === 'string' ? ` --config ${shellWord(config)}` : '';
  return declarationOf(
    read(file, subjectFileSchema, 'subject-file-invalid'),
    dirname(resolve(file)),
    flag,
    options.ledger,
  );
}

function declarationOf(file: SubjectFile, root: string, flag: string, ledger: unknown): SubjectDeclaration {
  const { subject, ledger: declaredLedger, counterexamples, ...rest } = file;
  // A name that is spelt wrong would rename nothing, and say nothing.
  const known = OPERATIONS.map(({ name }) => name);
  for (const name of Object.keys(rest.operations ?? {})) choose('operation', name, known);
  const ledgerFile =
    typeof ledger === 'string'
      ? resolve(ledger)
      : declaredLedger === undefined
        ? undefined
        : resolve(root, declaredLedger);
  const directory = resolve(root, subject.directory ?? '.');
  if (!existsSync(directory)) {
    throw new InputError({
      code: 'directory-missing',
      what: 'the folder in which the subject is to run is not there',
      given: directory,
      todo: 'correct `directory` in plumbline.yaml, which is relative to that file',
    });
  }
  return {
    ...rest,
    command: subject.command,
    directory,
    environment: subject.environment ?? {},
    startLimitMs: 1_000 * (subject.startLimitSeconds ?? START_LIMIT_SECONDS),
    requestLimitMs: 1_000 * (subject.requestLimitSeconds ?? REQUEST_LIMIT_SECONDS),
    deviations: ledgerFile === undefined ? [] : readLedger(ledgerFile),
    counterexamples: resolve(root, counterexamples ?? COUNTEREXAMPLES),
    flag,
  };
}

/** @throws InputError `ledger-missing`, `ledger-invalid`, `law-unknown` */
export function readLedger(file: string): readonly Deviation[] {
  if (!existsSync(file)) {
    throw new InputError({
      code: 'ledger-missing',
      what: 'there is no ledger of known deviations where one is named',
      given: file,
      todo: 'write one (`deviations: []` is one), or leave it out',
    });
  }
  const { deviations } = read(file, ledgerSchema, 'ledger-invalid');
  // A law that is spelt wrong would accept nothing, and say nothing.
  const known = [...LAWS.map(({ id }) => id), META_DEVICE_LAW.id];
  for (const { law } of deviations) choose('law', law, known);
  return deviations;
}

function read<T>(file: string, schema: z.ZodType<T>, code: string): T {
  const refuse = (given: string, cause?: unknown): InputError =>
    new InputError({
      code,
      what: `${file} cannot be used`,
      given,
      todo: 'README, “Subjects in other languages”, says what it may hold',
      cause,
    });
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refuse(z.prettifyError(parsed.error));
}
