import { z } from 'zod';
import { protocolSchema } from '../../verification/protocol/index.ts';
import { reportSchema } from '../report/report.ts';
import { diagnosisSchema } from './diagnosis-schema.ts';
import { gateSchema } from './gate-schema.ts';

/** Schemas of the JSON that commands write, by the name of the file in which each is published. */
export const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'report-1': reportSchema,
  'gate-1': gateSchema,
  'diagnosis-1': diagnosisSchema,
};

/** JSON schemas (draft 2020-12) that are published: of those, and of the protocol of subjects. */
export function publishedSchemas(): Readonly<Record<string, object>> {
  const written = Object.entries(SCHEMAS).map(([name, schema]) => [name, z.toJSONSchema(schema)] as const);
  return { ...Object.fromEntries(written), 'protocol-1': protocolSchema() };
}
