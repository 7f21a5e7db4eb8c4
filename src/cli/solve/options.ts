import { InputError } from '../../errors.ts';
import { wholeNumber } from '../whole-number.ts';

/** Options of a solution as they were given; what is absent has a default. */
export interface SolveCommandOptions {
  readonly presets: readonly string[];
  readonly set: readonly string[];
  readonly grid: {
    readonly nodes?: number;
    readonly deviations?: number;
    readonly points?: number;
    readonly top?: number;
  };
  readonly refined: boolean;
  readonly out?: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** @throws InputError `option-invalid` */
export function parseSolveOptions(
  presets: readonly string[],
  raw: Readonly<Record<string, unknown>>,
): SolveCommandOptions {
  const given = (name: string): boolean => raw[name] !== undefined;
  return {
    presets,
    set: Array.isArray(raw['set']) ? raw['set'].map(String) : [],
    grid: {
      ...(given('nodes') ? { nodes: wholeNumber('--nodes', raw['nodes']) } : {}),
      ...(given('points') ? { points: wholeNumber('--points', raw['points']) } : {}),
      ...(given('deviations') ? { deviations: positiveNumber('--deviations', raw['deviations']) } : {}),
      ...(given('top') ? { top: positiveNumber('--top', raw['top']) } : {}),
    },
    refined: raw['refined'] === true,
    ...(typeof raw['out'] === 'string' ? { out: raw['out'] } : {}),
    json: raw['json'] === true,
    quiet: raw['quiet'] === true,
  };
}

function positiveNumber(flag: string, value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isFinite(number) && number > 0) return number;
  throw new InputError({
    code: 'option-invalid',
    what: `the option ${flag} cannot be used as it was given`,
    given: String(value),
    expected: 'a number above 0',
  });
}
