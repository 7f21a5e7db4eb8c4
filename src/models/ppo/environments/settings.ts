import { z } from 'zod';
import { brockMirmanSettings } from './brock-mirman.ts';
import { cakeEatingSettings } from './cake-eating.ts';
import { cartPoleSettings } from './cart-pole.ts';
import { durotaxisSettings } from './durotaxis/settings.ts';
import { linearQuadraticSettings } from './linear-quadratic.ts';
import { probeSettings } from './probes.ts';

/** One schema for each environment, told apart by its name. */
export const ENVIRONMENT_SCHEMAS = [
  ...probeSettings,
  linearQuadraticSettings,
  brockMirmanSettings,
  cakeEatingSettings,
  cartPoleSettings,
  durotaxisSettings,
] as const;

/** Which environment, and what can be chosen about it. */
export const environmentSettings = z.discriminatedUnion('name', ENVIRONMENT_SCHEMAS);
export type EnvironmentSettings = z.output<typeof environmentSettings>;
export type EnvironmentName = EnvironmentSettings['name'];
