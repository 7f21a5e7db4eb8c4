import { z } from 'zod';
import { reportSchema } from '../report/report.ts';
import { diagnosisSchema } from './diagnosis-schema.ts';
import { gateSchema } from './gate-schema.ts';

/** Schemas of the JSON that commands write, by the name of the file in which each is published. */
export const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'report-1': reportSchema,
  'gate-1': gateSchema,
  'diagnosis-1': diagnosisSchema,
};

/** The JSON schema (draft 2020-12) of one of them. */
export function jsonSchemaOf(schema: z.ZodType): object {
  return z.toJSONSchema(schema);
}
