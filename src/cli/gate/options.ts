import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { InputError } from '../../errors.ts';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^-?\d+$/, 'a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most));

const optionsSchema = z.object({
  laws: z.string().optional(),
  engines: z.string().optional(),
  runs: wholeNumber(1, 1_000_000),
  seed: wholeNumber(-(2 ** 31), 2 ** 31 - 1).optional(),
  powerSeeds: wholeNumber(1, 100),
  timeLimit: wholeNumber(1, 1_000_000).optional(),
  power: z.boolean(),
  nightly: z.boolean().default(false),
  strict: z.boolean().default(false),
  json: z.string().min(1).optional(),
  counterexamples: z.string().min(1).optional(),
  subject: z.string().min(1).optional(),
  config: z.string().min(1).optional(),
  ledger: z.string().min(1).optional(),
  operations: z.string().min(1).optional(),
  validate: z.boolean().default(false),
});

/** Options of the gate, read and typed; the seed is drawn here when none is given, and printed with the report. */
export interface GateOptions extends Omit<z.output<typeof optionsSchema>, 'seed' | 'timeLimit'> {
  readonly seed: number;
  readonly timeLimitMs?: number;
}

/** What a user types for an option: `timeLimit` is `--time-limit`. */
export function flagOf(option: string): string {
  return `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** @throws InputError `option-invalid` that names the option, what was given and what was expected. */
export function parseGateOptions(options: unknown): GateOptions {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const flag = flagOf(String(issue?.path[0] ?? ''));
    throw new InputError({
      code: 'option-invalid',
      what: `the option ${flag} cannot be used as it was given`,
      given: String((options as Record<string, unknown>)[String(issue?.path[0] ?? '')]),
      expected: issue?.message ?? 'another value',
      todo: 'plumbline gate --help lists the options',
    });
  }
  const { seed, timeLimit, ...rest } = parsed.data;
  return {
    ...rest,
    seed: seed ?? randomInt(2 ** 31 - 1),
    ...(timeLimit === undefined ? {} : { timeLimitMs: 1_000 * timeLimit }),
  };
}
