import type { z } from 'zod';
import { durotaxisKit } from './durotaxis/kit.ts';
import { environmentOf } from './environment-of.ts';
import type { EnvironmentName } from './settings.ts';
import { ENVIRONMENT_SCHEMAS, environmentSettings } from './settings.ts';

/** What a list says of an environment. */
export interface EnvironmentEntry {
  readonly name: EnvironmentName;
  /** One line. */
  readonly summary: string;
  /** Of its settings; every key but `name` may be left out. */
  readonly schema: z.ZodType;
}

/** Only summaries are read, in which no discount factor occurs. */
const ANY_DISCOUNT = 0.99;

/** Every environment, the simplest first. */
export function environmentCatalogue(): readonly EnvironmentEntry[] {
  return ENVIRONMENT_SCHEMAS.map((schema) => {
    const name = schema.shape.name.value;
    const settings = environmentSettings.parse({ name });
    const { summary } = environmentOf({ durotaxis: durotaxisKit }, settings, ANY_DISCOUNT);
    return { name, summary, schema };
  });
}
