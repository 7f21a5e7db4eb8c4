import { createHash } from 'node:crypto';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { fromBitExact, toBitExact } from './bit-exact.ts';
import type { LawVerdict } from './verdict.ts';

const measurementSchema = z.object({
  quantity: z.string(),
  measured: z
    .unknown()
    .transform(fromBitExact)
    .pipe(z.custom<number>((value) => typeof value === 'number')),
  allowed: z
    .unknown()
    .transform(fromBitExact)
    .pipe(z.custom<number>((value) => typeof value === 'number')),
  at: z.string().optional(),
  expected: z.string().optional(),
  got: z.string().optional(),
});

const counterexampleSchema = z.object({
  kind: z.literal('plumbline counterexample'),
  format: z.literal(1),
  law: z.string(),
  subject: z.string(),
  engine: z.string(),
  seed: z.int(),
  path: z.string(),
  versions: z.record(z.string(), z.string()),
  /** The measurement of the shrunk case when it was found. */
  measurement: measurementSchema,
  shrunk: z.unknown().transform(fromBitExact),
  unshrunk: z.unknown().transform(fromBitExact),
});

/** A violation on disk, with bit-exact values: enough to see it again on any machine. */
export type Counterexample = z.output<typeof counterexampleSchema>;

/** The text of a counterexample file, and a name that depends on the case alone, so that one bug found twice is one file. */
export function counterexampleFile(
  verdict: LawVerdict & Required<Pick<LawVerdict, 'violation'>>,
  versions: Readonly<Record<string, string>>,
): { readonly name: string; readonly text: string } {
  const { violation } = verdict;
  const shrunk = toBitExact(violation.shrunk.sample);
  const json = {
    kind: 'plumbline counterexample',
    format: 1,
    law: verdict.law,
    subject: verdict.subject,
    engine: verdict.engine,
    seed: violation.seed,
    path: violation.path,
    versions,
    measurement: toBitExact(violation.shrunk.measurement),
    shrunk,
    unshrunk: toBitExact(violation.unshrunk.sample),
  };
  const digest = createHash('sha256').update(JSON.stringify(shrunk)).digest('hex').slice(0, 8);
  const name = `${verdict.law.replaceAll('/', '-')}-${verdict.engine}-${digest}.json`;
  return { name, text: `${JSON.stringify(json, null, 1)}\n` };
}

/** @throws InputError `counterexample-corrupt` when the text is not a counterexample of a format that is known here. */
export function parseCounterexample(text: string, file: string): Counterexample {
  const refuse = (given: string, cause?: unknown): InputError =>
    new InputError({
      code: 'counterexample-corrupt',
      what: `${file} is not a counterexample that can be replayed`,
      given,
      expected: 'a JSON file with kind "plumbline counterexample" and format 1, as the gate writes it',
      todo: 'restore the file from version control, or delete it and run the gate again with the seed of the report',
      cause,
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
  const parsed = counterexampleSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw refuse(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}
