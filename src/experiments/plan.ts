import { z } from 'zod';
import { InputError } from '../errors.ts';
import type { Settings } from '../models/overlay.ts';
import { parseConfiguration } from '../models/parse-configuration.ts';
import { readYamlLayer } from '../models/yaml-layer.ts';
import type { Combination } from './combinations.ts';
import { combinationsOf } from './combinations.ts';

const names = z.array(z.string());
const settings = z.record(z.string(), z.unknown());
const atLeastOne = z.int().positive();

const base = z.strictObject({
  presets: names.default([]).describe('names of presets, or paths of YAML files, laid over the defaults'),
  set: settings.default({}).describe('keys of the configuration, in groups, laid over them'),
  faults: names.default([]).describe('documented bugs to train with'),
  seeds: z.array(z.int()).min(1).default([1]).describe('every arm is trained once with each'),
  steps: atLeastOne.optional().describe('stop after so many gradient steps'),
  engine: z.string().default('wasm'),
  logEvery: atLeastOne.optional(),
  checkpointEvery: atLeastOne.optional(),
});

const arm = z.strictObject({
  presets: names.optional().describe('laid over the presets of the base'),
  set: settings.optional().describe('laid over all that'),
  faults: names.optional().describe('in place of those of the base'),
});

const verdict = z.strictObject({
  quantity: z.string(),
  healthy: z
    .strictObject({
      from: z.number().optional(),
      to: z.number().optional(),
      percentOfReference: z.number().positive().optional(),
    })
    .describe('a range, or so many percent around the reference'),
});

const planSchema = z
  .strictObject({
    name: z.string().optional().describe('default: that of the file'),
    question: z.string().optional().describe('what is asked, in words'),
    model: z.string(),
    base: base.prefault({}),
    arms: z.record(z.string(), arm),
    baseline: z.string().optional().describe('the arm that others are held against; default: the first'),
    quantities: names.optional().describe('rows of the table; default: all of the model'),
    decomposition: z
      .record(z.string(), z.string())
      .optional()
      .describe('the arm that changes each factor alone, and each combination of them: "taxes + clip"'),
    verdict: verdict.optional(),
    figure: z.strictObject({ metric: z.string() }).optional().describe('a key of metrics.jsonl'),
  })
  .readonly();

type PlanData = z.output<typeof planSchema>;
export type PlanBase = Readonly<PlanData['base']>;
export type HealthyRange = Readonly<z.output<typeof verdict>['healthy']>;

/** One run of a comparison, for each seed: how it deviates from the base. */
export interface PlanArm {
  readonly name: string;
  readonly presets: readonly string[];
  readonly set: Settings;
  /** In place of those of the base; undefined keeps them. */
  readonly faults?: readonly string[];
}

/** A controlled comparison as a user wrote it. */
export interface Plan {
  readonly name: string;
  readonly question?: string;
  readonly model: string;
  readonly base: PlanBase;
  readonly arms: readonly PlanArm[];
  /** The arm that others are held against; none where arms only stand beside each other. */
  readonly baseline?: string;
  readonly quantities?: readonly string[];
  readonly decomposition: readonly Combination[];
  readonly verdict?: { readonly quantity: string; readonly healthy: HealthyRange };
  readonly metric?: string;
  /** What errors call the place of a key. */
  readonly placeOf: (path: readonly PropertyKey[]) => string;
}

/** A name is part of a path; with a seed behind it, it must still be told from another's. */
const NAME = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/;

/**
 * A plan from YAML, strictly: no key is passed over.
 *
 * @throws InputError `yaml-syntax`, `configuration-unknown-key`, `configuration-invalid`, and `plan-invalid` for what
 * does not fit together, with the line.
 */
export function readPlan(
  text: string,
  { source, name }: { readonly source: string; readonly name: string },
): Plan {
  const layer = readYamlLayer(text, source);
  const {
    arms: written,
    figure,
    decomposition = {},
    ...data
  } = parseConfiguration(planSchema, layer.settings, layer.placeOf);
  const arms = Object.entries(written).map(([armName, { presets = [], set = {}, faults }]) => ({
    name: armName,
    presets,
    set,
    ...(faults === undefined ? {} : { faults }),
  }));
  const [first] = arms;
  const refuse = refusalIn(layer.placeOf);
  if (first === undefined) throw refuse(['arms'], 'no arm', 'at least one arm: `arms: { baseline: {} }`');
  for (const { name: armName } of arms) {
    if (!isFolderName(armName))
      throw refuse(['arms', armName], armName, 'a name of letters, digits, hyphens and dots; not figures');
  }
  const known = arms.map((one) => one.name);
  const { baseline = first.name, verdict: asked, question, quantities, model, base: common } = data;
  if (!known.includes(baseline)) throw refuse(['baseline'], baseline, `one of ${known.join(', ')}`);
  requireRange(asked?.healthy, refuse);
  requireDifferent(common.seeds, refuse);
  return {
    name: data.name ?? name,
    ...(question === undefined ? {} : { question }),
    model,
    base: common,
    arms,
    baseline,
    ...(quantities === undefined ? {} : { quantities }),
    decomposition: combinationsOf(decomposition, known, (key, given, expected) =>
      refuse(['decomposition', ...(key === undefined ? [] : [key])], given, expected),
    ),
    ...(asked === undefined ? {} : { verdict: asked }),
    ...(figure === undefined ? {} : { metric: figure.metric }),
    placeOf: layer.placeOf,
  };
}

/** Whether an arm of this name can have a folder beside those that an experiment writes. */
export function isFolderName(name: string): boolean {
  return NAME.test(name) && name !== 'figures';
}

type Refusal = (path: readonly PropertyKey[], given: string, expected: string) => InputError;

function refusalIn(placeOf: Plan['placeOf']): Refusal {
  return (path, given, expected) =>
    new InputError({
      code: 'plan-invalid',
      what: `${placeOf(path)} has a value that "${path.join('.')}" cannot take`,
      given,
      expected,
    });
}

function requireRange(healthy: HealthyRange | undefined, refuse: Refusal): void {
  if (healthy === undefined) return;
  const { from, to, percentOfReference } = healthy;
  const isRange = from !== undefined || to !== undefined;
  if (isRange !== (percentOfReference === undefined) || (from ?? -Infinity) > (to ?? Infinity)) {
    throw refuse(
      ['verdict', 'healthy'],
      JSON.stringify(healthy),
      'a range, { from: 0, to: 5 } or one end of it, or { percentOfReference: 20 }',
    );
  }
}

function requireDifferent(seeds: readonly number[], refuse: Refusal): void {
  if (new Set(seeds).size < seeds.length)
    throw refuse(['base', 'seeds'], seeds.join(', '), 'seeds that are all different');
}
