import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { closestName } from '../closest-name.ts';
import { parseConfiguration } from '../models/parse-configuration.ts';
import { readYamlLayer } from '../models/yaml-layer.ts';
import type { UserAlias } from '../runs/index.ts';
import type { Check } from './check.ts';
import { CHECKS } from './checks/index.ts';
import { expressionCheck } from './expression/expression-check.ts';
import type { Severity } from './finding.ts';

/** Models that have faults and laws of their own, by the first part of their IDs. */
export const MODELS = ['nk', 'bewley', 'ppo'] as const;

const severity = z.enum(['sick', 'suspect', 'remark']);

const schema = z.strictObject({
  /** One sentence, for lists. */
  summary: z.string().min(1),
  /** Whose faults and laws are named for what is found; unset: those of all models. */
  model: z.enum(MODELS).optional(),
  /** Names of checklists whose checks, required ones and suppressions this one has too. */
  include: z.array(z.string()).default([]),
  /** Metrics of which a log has at least one where the list is chosen by itself; `/*` stands for any part. */
  choose: z.array(z.string()).default([]),
  /** IDs of checks; `ppo/*` stands for all of a group. */
  checks: z.array(z.string()).default([]),
  /** IDs of checks without whose judgement no run is called healthy. */
  required: z.array(z.string()).default([]),
  adjust: z
    .record(
      z.string(),
      z.strictObject({
        severity: severity.optional(),
        limits: z.record(z.string(), z.number()).default({}),
      }),
    )
    .default({}),
  /** Checks of one's own, by ID. */
  own: z
    .record(
      z.string().regex(/^[\w-]+\/[\w-]+$/, 'GROUP/NAME'),
      z.strictObject({
        title: z.string().min(1),
        wrong: z.string().min(1),
        for: z.int().positive().default(3),
        behind: z.number().min(0).max(1).default(0),
        severity: severity.default('sick'),
        advice: z.string().default(''),
        laws: z.array(z.string()).default([]),
      }),
    )
    .default({}),
  aliases: z.record(z.string(), z.string()).default({}),
  suppress: z
    .array(
      z.strictObject({
        check: z.string(),
        reason: z.string().min(1),
        until: z
          .string()
          .regex(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD')
          .optional(),
      }),
    )
    .default([]),
});

type ChecklistFile = z.output<typeof schema>;

/** A finding that someone has looked at and accepted, with the reason, for a time. */
export interface Suppression {
  readonly check: string;
  readonly reason: string;
  /** The last day on which it holds, as `2027-01-31`. */
  readonly until?: string;
}

/** A check as a checklist holds it. */
export interface ListedCheck {
  readonly check: Check;
  readonly severity?: Severity;
  readonly limits: Readonly<Record<string, number>>;
  readonly isRequired: boolean;
}

/** A named list of checks, with thresholds. */
export interface Checklist {
  readonly name: string;
  readonly summary: string;
  /** Whose faults and laws are named for what is found; absent: those of all. */
  readonly model?: (typeof MODELS)[number];
  readonly choose: readonly string[];
  readonly checks: readonly ListedCheck[];
  readonly aliases: readonly UserAlias[];
  readonly suppressions: readonly Suppression[];
}

/** Where the text of a checklist that another includes is found. */
export type ChecklistSource = (name: string) => { readonly file: string; readonly text: string };

/**
 * Reads a checklist in YAML, with those that it includes.
 *
 * @throws InputError `configuration-invalid`, `configuration-unknown-key`, `check-unknown`, `limit-unknown`,
 * `checklist-circular`, and what the source throws
 */
export function parseChecklist(name: string, source: ChecklistSource): Checklist {
  const files = gathered(name, source, []);
  const own = new Map(
    files.flatMap(({ content }) =>
      Object.entries(content.own).map(([id, about]) => [id, expressionCheck(id, about)] as const),
    ),
  );
  const known = new Map([...CHECKS.map((check) => [check.id, check] as const), ...own]);
  const named = (patterns: readonly string[], file: string): readonly string[] =>
    patterns.flatMap((pattern) => matching(pattern, [...known.keys()], file));
  const listed = new Set([
    ...files.flatMap(({ content, file }) => named([...content.checks, ...content.required], file)),
    ...own.keys(),
  ]);
  const required = new Set(files.flatMap(({ content, file }) => named(content.required, file)));
  const adjusted = new Map<string, { severity?: Severity; limits: Record<string, number> }>();
  for (const { content, file } of files) {
    for (const [pattern, { severity: asked, limits }] of Object.entries(content.adjust)) {
      for (const id of named([pattern], file)) {
        requireLimits(known.get(id), limits, file);
        const before = adjusted.get(id) ?? { limits: {} };
        adjusted.set(id, {
          ...before,
          ...(asked === undefined ? {} : { severity: asked }),
          limits: { ...before.limits, ...limits },
        });
      }
    }
  }
  const last = files.at(-1)?.content;
  const model = files.flatMap(({ content }) => content.model ?? []).at(-1);
  return {
    name,
    summary: last?.summary ?? '',
    ...(model === undefined ? {} : { model }),
    choose: last?.choose ?? [],
    checks: [...listed].flatMap((id) => {
      const check = known.get(id);
      if (check === undefined) return [];
      const { severity: asked, limits = {} } = adjusted.get(id) ?? {};
      return [
        {
          check,
          ...(asked === undefined ? {} : { severity: asked }),
          limits: { ...limitsOf(check), ...limits },
          isRequired: required.has(id),
        },
      ];
    }),
    aliases: files.flatMap(({ content }) =>
      Object.entries(content.aliases).map(([logged, canonical]) => ({ logged, canonical })),
    ),
    suppressions: files.flatMap(({ content, file }) =>
      content.suppress.flatMap(({ check, reason, until }) =>
        named([check], file).map((id) => ({
          check: id,
          reason,
          ...(until === undefined ? {} : { until }),
        })),
      ),
    ),
  };
}

/** The limits of a check, as it has them. */
export function limitsOf({ limits }: Check): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(limits).map(([name, { value }]) => [name, value]));
}

interface GatheredFile {
  readonly file: string;
  readonly content: ChecklistFile;
}

/** A checklist and those that it includes, the included ones first. */
function gathered(name: string, source: ChecklistSource, within: readonly string[]): readonly GatheredFile[] {
  if (within.includes(name)) {
    throw new InputError({
      code: 'checklist-circular',
      what: 'a checklist includes itself',
      given: [...within, name].join(' includes '),
      expected: 'lists that include others, in no circle',
    });
  }
  const { file, text } = source(name);
  const content = parseConfiguration(schema, readYamlLayer(text, file).settings, `the checklist ${file}`);
  const included = content.include.flatMap((one) => gathered(one, source, [...within, name]));
  return [...included, { file, content }];
}

function matching(pattern: string, ids: readonly string[], file: string): readonly string[] {
  const found = pattern.endsWith('/*')
    ? ids.filter((id) => id.startsWith(pattern.slice(0, -1)))
    : ids.filter((id) => id === pattern);
  if (found.length > 0) return found;
  const near = closestName(pattern, ids);
  throw new InputError({
    code: 'check-unknown',
    what: `the checklist ${file} names a check that there is not`,
    given: pattern,
    expected: 'the ID of a check, a group as ppo/*, or one that stands under "own"',
    todo: `${near === undefined ? '' : `perhaps ${near}; `}plumbline checks lists them`,
  });
}

function requireLimits(
  check: Check | undefined,
  limits: Readonly<Record<string, number>>,
  file: string,
): void {
  if (check === undefined) return;
  const names = Object.keys(check.limits);
  const unknown = Object.keys(limits).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new InputError({
    code: 'limit-unknown',
    what: `the checklist ${file} sets a limit of ${check.id} that it has not`,
    given: `${unknown}: ${limits[unknown]}`,
    expected: names.length === 0 ? 'none: this check has no limits' : `one of ${names.join(', ')}`,
  });
}

/** Reads a text file that a user named. @throws InputError `checklist-unreadable` */
export function checklistText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError({
      code: 'checklist-unreadable',
      what: 'the checklist cannot be read',
      given: file,
      expected: 'the name of a checklist, or the path of a YAML file',
      todo: 'plumbline checks lists the checklists',
      cause: error,
    });
  }
}
