import { z } from 'zod';
import type { Frozen } from './frozen.ts';
import { itemSchema } from './item.ts';
import { sectionSchema } from './section.ts';

const verdictSchema = z.strictObject({
  word: z.string().describe('as the command says it: sick, violated, passed'),
  tone: z.enum(['good', 'bad', 'open']).describe('open: not decided'),
  exitCode: z.int().describe('of the command'),
  sentence: z.string().describe('what is so, for a reader who has never seen the tool'),
});

const factSchema = z.strictObject({ name: z.string(), value: z.string() });

const seriesSchema = z
  .strictObject({
    name: z.string().describe('as the log has it; unique in its group'),
    meaning: z.string().exactOptional().describe('the canonical name'),
    steps: z.array(z.number()).describe('ascending'),
    values: z
      .array(z.number())
      .describe('finite, as many as steps; of a long series the extremes of each block are kept'),
    notFinite: z.array(z.number()).describe('steps of values that are no numbers, the first hundred'),
    rows: z.int().describe('values in the log'),
  })
  .describe('one metric by step');

const groupSchema = z.strictObject({
  id: z.string().describe('unique in the report'),
  title: z.string(),
  verdict: verdictSchema.exactOptional().describe('of the group alone'),
  facts: z.array(factSchema),
  items: z.array(itemSchema).describe('those first that matter most'),
  series: z.array(seriesSchema),
  sections: z.array(sectionSchema),
});

/** The result of a command: all that any form of report is made from. Every number is finite. */
export const reportSchema = z.strictObject({
  kind: z.literal('plumbline report'),
  format: z.literal(1),
  of: z.enum(['gate', 'diagnosis', 'experiment', 'training', 'bench']),
  title: z.string(),
  verdict: verdictSchema,
  partial: z.string().exactOptional().describe('why it ends early; such a report is never a pass'),
  facts: z.array(factSchema).describe('when, where and how it ran'),
  groups: z.array(groupSchema),
  sections: z.array(sectionSchema).describe('of all groups together'),
});

export type Report = Frozen<z.output<typeof reportSchema>>;
export type Verdict = Report['verdict'];
export type Tone = Verdict['tone'];
export type Fact = Report['facts'][number];
export type Group = Report['groups'][number];
export type ReportSeries = Group['series'][number];
