import { z } from 'zod';

/** What JSON does not know as a number is text. */
const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);

const place = z.strictObject({
  file: z.string(),
  line: z.int().exactOptional(),
  byte: z.int().exactOptional(),
});

const severity = z.enum(['sick', 'suspect', 'remark']);
const verdict = z.enum(['healthy', 'sick', 'suspect', 'not-judged']);

const finding = z.strictObject({
  check: z.string(),
  severity,
  what: z.string().describe('in a sentence, with numbers'),
  onset: z.strictObject({
    after: number.exactOptional().describe('the last step at which all was well'),
    by: number.describe('the first step at which it is seen'),
  }),
  until: number.exactOptional(),
  limit: number.exactOptional().describe('the value that the series of the evidence was held against'),
  evidence: z.array(z.strictObject({ metric: z.string(), step: number, value: number, place })),
  faults: z.array(z.string()).exactOptional(),
});

const cause = z
  .strictObject({
    check: z.string(),
    title: z.string(),
    severity,
    findings: z.array(finding),
    advice: z.string(),
    faults: z.array(z.string()).describe('documented bugs that leave this sign, the likeliest first'),
    laws: z.array(z.string()).describe('laws that test the suspected cause'),
    experiment: z.string().nullable().describe('a command that tells causes apart'),
    get consequences() {
      return z.array(cause);
    },
  })
  .meta({ id: 'cause' });

const metric = z.strictObject({
  metric: z.string(),
  relation: z.enum(['equal', 'scaled', 'better', 'worse', 'different']),
  ratio: number,
  level: number,
  baseline: number,
});

const problem = z.strictObject({ kind: z.string(), place, what: z.string() });

const run = z.strictObject({
  id: z.string(),
  format: z.string(),
  paths: z.array(z.string()),
  rows: z.int(),
  firstStep: number,
  lastStep: number,
  checklist: z.string(),
  verdict,
  reason: z.string().nullable(),
  causes: z.array(cause).describe('the likeliest first'),
  checks: z.array(
    z.strictObject({
      check: z.string(),
      required: z.boolean(),
      state: z.enum(['passed', 'found', 'suppressed', 'not-checked']),
      reason: z.string().exactOptional(),
      severity: severity.exactOptional(),
    }),
  ),
  baseline: z
    .strictObject({
      metrics: z.array(metric),
      weightChange: z.strictObject({ loss: metric, unweighted: metric }).exactOptional(),
    })
    .exactOptional(),
  problems: z.array(problem),
});

/** What `plumbline diagnose --json` prints. */
export const diagnosisSchema = z.strictObject({
  kind: z.literal('plumbline diagnosis'),
  format: z.literal(1),
  versions: z.record(z.string(), z.string()),
  verdict,
  runs: z.array(run),
  groups: z
    .array(
      z.strictObject({
        runs: z.array(z.string()),
        findings: z.array(
          z.strictObject({ check: z.string(), title: z.string(), severity, runs: z.array(z.string()) }),
        ),
      }),
    )
    .describe('runs of one configuration'),
  problems: z.array(problem),
  partial: z.string().exactOptional().describe('why it ends early'),
});
