import { z } from 'zod';
import type { Frozen } from './frozen.ts';
import { stateSchema } from './state.ts';

const title = z.string();

/** When something began: behind step `after`, at step `by` at the latest; well again from step `until`. */
export const onsetSchema = z.strictObject({
  after: z
    .number()
    .exactOptional()
    .describe('the last step at which all was well; absent: so from the first row'),
  by: z.number().describe('the first step at which it is seen'),
  until: z.number().exactOptional().describe('the step from which all was well again'),
});
export type ReportOnset = Frozen<z.output<typeof onsetSchema>>;

const text = z.strictObject({ kind: z.literal('text'), title, text: z.string() });

const listing = z
  .strictObject({ kind: z.literal('listing'), title, text: z.string() })
  .describe('lines as they stand: a case, an error, the output of a command');

const table = z.strictObject({
  kind: z.literal('table'),
  title,
  columns: z.array(z.strictObject({ name: z.string(), isNumber: z.boolean().exactOptional() })),
  rows: z.array(z.array(z.string())).describe('as many cells as there are columns'),
});

const chart = z
  .strictObject({
    kind: z.literal('chart'),
    title,
    series: z.array(z.string()).describe('names of series of the group'),
    onset: onsetSchema.exactOptional().describe('a band of steps to mark'),
    limits: z
      .array(
        z.strictObject({
          value: z.number(),
          label: z.string(),
          series: z.string().describe('the series that it limits'),
        }),
      )
      .describe('values to mark'),
  })
  .describe('series of the group by step');

const matrix = z.strictObject({
  kind: z.literal('matrix'),
  title,
  rowTitle: z.string().describe('what a row is: law, fault'),
  columns: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      name: z.string(),
      note: z.string().exactOptional().describe('what it is, in a sentence'),
      cells: z
        .array(
          z
            .strictObject({ state: stateSchema, text: z.string(), note: z.string().exactOptional() })
            .nullable()
            .describe('null where there was nothing to judge'),
        )
        .describe('one for each column'),
    }),
  ),
});

const figure = z.strictObject({
  kind: z.literal('figure'),
  title,
  svg: z.string().describe('with title and description'),
});

/** A part of what there is to say, in the form that suits it. All text is plain: writers escape it. */
export const sectionSchema = z
  .discriminatedUnion('kind', [text, listing, table, chart, matrix, figure])
  .meta({ id: 'section' });
export type Section = Frozen<z.output<typeof sectionSchema>>;
export type TableSection = Extract<Section, { kind: 'table' }>;
export type ChartSection = Extract<Section, { kind: 'chart' }>;
export type MatrixSection = Extract<Section, { kind: 'matrix' }>;
