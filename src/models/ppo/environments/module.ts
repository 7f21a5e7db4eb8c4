import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { InputError } from '../../../errors.ts';
import type { Environment } from '../environment.ts';
import { checkEnvironment } from './check/check-environment.ts';
import type { EnvironmentKit } from './environment-of.ts';
import { environmentOf } from './environment-of.ts';
import type { EnvironmentSettings } from './settings.ts';

/** An environment of a user's own. */
export const moduleSettings = z.strictObject({
  name: z.literal('module'),
  file: z.string().describe('JavaScript module, from the working directory'),
  export: z
    .string()
    .default('default')
    .describe('name of what it exports: an environment, or a function that makes one of a discount factor'),
});
export type ModuleSettings = z.output<typeof moduleSettings>;

/**
 * The environment of these settings; one of a user's own is loaded, and held to the contract first.
 *
 * @throws InputError `environment-missing`, `environment-unusable`, and what `environmentOf` throws.
 */
export async function openEnvironment(
  kit: EnvironmentKit,
  settings: EnvironmentSettings | ModuleSettings,
  discount: number,
): Promise<Environment> {
  if (settings.name !== 'module') return environmentOf(kit, settings, discount);
  const environment = await loadEnvironment(settings, discount);
  const findings = checkEnvironment(environment);
  if (findings.length === 0) return environment;
  throw new InputError({
    code: 'environment-unusable',
    what: `the environment in ${settings.file} breaks its contract: what is learnt in it would be of no worth`,
    given: findings.map(({ code, sentence }) => `${sentence} [${code}]`).join('; '),
    expected: 'an environment in which `plumbline environments` finds nothing',
    todo: `plumbline environments ${settings.file} says this again, without training`,
  });
}

/**
 * Loads an environment from a module, without holding it to its contract.
 *
 * @throws InputError `environment-missing`
 */
export async function loadEnvironment(
  { file, export: name }: Pick<ModuleSettings, 'file' | 'export'>,
  discount: number,
): Promise<Environment> {
  const missing = (given: string): InputError =>
    new InputError({
      code: 'environment-missing',
      what: `there is no environment in ${file}`,
      given,
      expected: `a module whose export ${name} is an environment, or a function that makes one of a discount factor`,
      todo: 'examples/own-environment has one in 27 lines; TypeScript is compiled first',
    });
  if (!existsSync(file)) throw missing('no such file');
  let exported: unknown;
  try {
    const module = (await import(pathToFileURL(resolve(file)).href)) as Readonly<Record<string, unknown>>;
    if (!Object.hasOwn(module, name)) throw missing(`exports ${Object.keys(module).join(', ') || 'nothing'}`);
    exported = module[name];
    if (typeof exported === 'function') exported = (exported as (discount: number) => unknown)(discount);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw missing(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
  if (isEnvironment(exported)) return exported;
  throw missing(`an export that lacks ${lackingIn(exported).join(', ')}`);
}

/** What the checker needs there to be before it can say what is wrong with it. */
const PARTS = Object.freeze({
  name: 'string',
  summary: 'string',
  observations: 'object',
  actions: 'object',
  rewards: 'object',
  stateSize: 'number',
  timeLimit: 'number',
  reset: 'function',
  observe: 'function',
  step: 'function',
});

function isEnvironment(value: unknown): value is Environment {
  return lackingIn(value).length === 0;
}

function lackingIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return Object.keys(PARTS);
  return Object.entries(PARTS).flatMap(([key, type]) =>
    typeof Reflect.get(value, key) === type ? [] : [`${key} (${type})`],
  );
}
