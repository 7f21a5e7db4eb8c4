import { z } from 'zod';

/** A number of any kind: what JSON lacks is tagged (`bit-exact.ts`). */
const number = z.union([
  z.number(),
  z.strictObject({ $number: z.enum(['-0', 'NaN', 'Infinity', '-Infinity']) }),
]);

const measurement = z.strictObject({
  quantity: z.string(),
  measured: number,
  allowed: number.describe('measured over allowed above 1 violates'),
  at: z.string().exactOptional(),
  expected: z.string().exactOptional(),
  got: z.string().exactOptional(),
  inconclusive: z.string().exactOptional(),
});

const verdict = z.enum(['holds', 'violated', 'inconclusive', 'not-checked']);
const outcome = z.enum(['killed', 'survived', 'not-judged']);
const reason = z.string().exactOptional();

const violatingCase = z.strictObject({
  sample: z.unknown().describe('the case, bit for bit; arrays of numbers are { $array, base64 }'),
  measurement,
  asked: z.array(z.string()).describe('operations that were asked in this case'),
});

const law = z.strictObject({
  law: z.string(),
  subject: z.string(),
  engine: z.string(),
  verdict,
  reason,
  runs: z.int().describe('cases judged'),
  seed: z.int(),
  worst: measurement.exactOptional(),
  violation: z
    .strictObject({ shrunk: violatingCase, unshrunk: violatingCase, seed: z.int(), path: z.string() })
    .exactOptional(),
  coverage: z.array(z.strictObject({ label: z.string(), share: number, minimumShare: number })),
  kernels: z
    .record(z.string(), z.record(z.string(), z.int()))
    .exactOptional()
    .describe('kernels that ran, by backend'),
  durationMs: number,
});

const engine = z.strictObject({
  engine: z.string(),
  status: z.enum(['judged', 'not-checked']),
  requested: z.boolean(),
  identity: z
    .strictObject({
      engine: z.string(),
      version: z.string(),
      selfTest: number.describe('largest error of the self-test over its bound'),
      roundoff: number,
      openMs: number,
    })
    .exactOptional(),
  reason,
  remedy: z.string().exactOptional().describe('the command that adds it'),
});

/** What `plumbline gate --json` writes. */
export const gateSchema = z.strictObject({
  kind: z.literal('plumbline gate report'),
  format: z.literal(1),
  versions: z.record(z.string(), z.string()),
  startedAt: z.iso.datetime(),
  durationMs: number,
  partial: z.string().exactOptional().describe('why it ends early'),
  subject: z
    .strictObject({
      command: z.string(),
      name: z.string(),
      version: z.string().exactOptional(),
      language: z.string(),
      runtime: z.string(),
      leftOut: z
        .array(z.strictObject({ law: z.string(), missing: z.array(z.string()) }))
        .describe('laws that nobody asked for by name, and whose operations it does not have'),
      deaths: z.array(z.string()).describe('how it died each time that it was started again'),
    })
    .exactOptional()
    .describe('a program of its own that was gated'),
  ledger: z
    .array(
      z.strictObject({
        law: z.string(),
        engine: z.string(),
        expect: z.enum(['violated', 'inconclusive', 'not-checked']),
        message: z.string(),
        since: z.iso.date(),
        why: z.string(),
        outcome: z.enum(['as expected', 'passes', 'changed', 'not judged']),
        found: z.string(),
      }),
    )
    .exactOptional()
    .describe('deviations that are known, and what has become of them'),
  options: z.strictObject({
    runs: z.int(),
    seed: z.int(),
    powerSeeds: z.array(z.int()),
    laws: z.array(z.string()),
    strict: z.boolean(),
    power: z.boolean(),
  }),
  engines: z.array(engine),
  replays: z.array(
    z.strictObject({
      file: z.string(),
      law: z.string(),
      engine: z.string(),
      verdict,
      shrunk: measurement.exactOptional(),
      unshrunk: measurement.exactOptional(),
      reason,
    }),
  ),
  controls: z
    .array(z.strictObject({ law: z.string(), engine: z.string(), verdict, reason }))
    .describe('only violated is right: each law is shown a subject that is wrong in every answer'),
  laws: z.array(law),
  cells: z
    .array(
      z.strictObject({
        fault: z.string(),
        law: z.string(),
        engine: z.string(),
        outcome,
        seeds: z.array(
          z.strictObject({
            seed: z.int(),
            outcome,
            runs: z.int(),
            measurement: measurement.exactOptional(),
            reason,
          }),
        ),
      }),
    )
    .describe('the kill matrix'),
  leftOut: z.array(z.string()).describe('faults that need a long training'),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  complaints: z.array(z.strictObject({ exitCode: z.union([z.literal(1), z.literal(2)]), story: z.string() })),
});
