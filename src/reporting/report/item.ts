import { z } from 'zod';
import type { Frozen } from './frozen.ts';
import { onsetSchema, sectionSchema } from './section.ts';
import { stateSchema } from './state.ts';

/** Where something stands: a line, from 1, in text; a byte, from 0, in binary data. */
const placeSchema = z.strictObject({
  file: z.string().describe('from the folder in which the command ran, or absolute'),
  line: z.int().exactOptional(),
  byte: z.int().exactOptional(),
  what: z.string().exactOptional().describe('what stands there'),
});

export const actionSchema = z.strictObject({
  text: z.string().describe('what to do, in a sentence'),
  command: z.string().exactOptional().describe('a command that does it'),
});

/** One thing that was to be judged: a law on an engine, a check on a run, a run of an experiment. */
export const itemSchema = z.strictObject({
  id: z.string().describe('of the law, the check, the fault, the run; unique in its group'),
  title: z
    .string()
    .describe('what is wrong where it fails, or what it is: a clause that can stand behind a colon'),
  about: z.string().exactOptional().describe('what it looks at, and why'),
  state: stateSchema,
  exitCode: z
    .union([z.literal(0), z.literal(1), z.literal(2)])
    .describe('with which the command would end if this were all: 1 wrong, 2 not decided, 0 no objection'),
  message: z.string().exactOptional().describe('what was found, with numbers; why it was not checked'),
  onset: onsetSchema.exactOptional(),
  durationMs: z.number().exactOptional().describe('what judging it took'),
  places: z.array(placeSchema).describe('the first is the place of it, the others bear it out'),
  consequences: z.array(z.string()).describe('IDs of items of the group that follow from it'),
  suspects: z
    .array(z.strictObject({ id: z.string(), about: z.string().describe('what the code does') }))
    .exactOptional()
    .describe('documented bugs that may be behind it, the likeliest first'),
  next: z.array(actionSchema).describe('what to do about it, the first thing first'),
  details: z.array(sectionSchema),
});

export type ReportPlace = Frozen<z.output<typeof placeSchema>>;
export type Action = Frozen<z.output<typeof actionSchema>>;
export type Item = Frozen<z.output<typeof itemSchema>>;
