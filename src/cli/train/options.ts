import { InputError } from '../../errors.ts';
import type { EngineName } from '../../engine/index.ts';
import { ENGINE_NAMES } from '../../engine/index.ts';
import type { Settings } from '../../models/overlay.ts';
import { choose } from '../choose.ts';
import { faultIds } from '../faults.ts';
import { wholeNumberFrom } from '../whole-number.ts';

/** Options of a training run as they were given; what is absent has a default, or comes from the run that is resumed. */
export interface TrainOptions {
  readonly presets: readonly string[];
  readonly set: readonly string[];
  /** Laid over presets and assignments; from a plan, which has them in groups. */
  readonly settings?: Settings;
  /** IDs of documented bugs to train with. */
  readonly faults?: readonly string[];
  readonly engine?: EngineName;
  readonly seed?: number;
  readonly steps?: number;
  readonly logEvery?: number;
  readonly checkpointEvery?: number;
  readonly out?: string;
  readonly resume?: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** @throws InputError `option-invalid`, `engine-unknown`, `fault-unknown` */
export function parseTrainOptions(
  presets: readonly string[],
  raw: Readonly<Record<string, unknown>>,
): TrainOptions {
  const text = (name: 'out' | 'resume'): string | undefined => {
    const value = raw[name];
    return typeof value === 'string' ? value : undefined;
  };
  const whole = (name: string, flag: string, least: number): number | undefined => {
    return raw[name] === undefined ? undefined : wholeNumberFrom(least, flag, raw[name]);
  };
  const [out, resume] = [text('out'), text('resume')];
  if (out !== undefined && resume !== undefined) {
    throw new InputError({
      code: 'option-invalid',
      what: 'a run that is resumed stays in its folder',
      given: `--resume ${resume} --out ${out}`,
      expected: 'one of the two',
      todo: `copy ${resume} to ${out} first, and resume the copy`,
    });
  }
  const defined = Object.entries({
    faults: typeof raw['faults'] === 'string' ? faultIds(raw['faults']) : undefined,
    engine: typeof raw['engine'] === 'string' ? engineNamed(raw['engine']) : undefined,
    seed: whole('seed', '--seed', -Number.MAX_SAFE_INTEGER),
    steps: whole('steps', '--steps', 1),
    logEvery: whole('logEvery', '--log-every', 1),
    checkpointEvery: whole('checkpointEvery', '--checkpoint-every', 1),
    out,
    resume,
  }).filter(([, value]) => value !== undefined);
  return {
    presets,
    set: Array.isArray(raw['set']) ? raw['set'].map(String) : [],
    json: raw['json'] === true,
    quiet: raw['quiet'] === true,
    ...(Object.fromEntries(defined) as Partial<TrainOptions>),
  };
}

/** @throws InputError `engine-unknown`. */
export function engineNamed(value: string): EngineName {
  const [chosen] = choose('engine', value, ENGINE_NAMES);
  return ENGINE_NAMES.find((name) => name === chosen) ?? 'wasm';
}
