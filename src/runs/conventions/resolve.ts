import { ECONOMIC_METRICS } from './economics.ts';
import type { Metric } from './metric.ts';
import { PPO_METRICS } from './ppo.ts';
import { TRAINING_METRICS } from './training.ts';

/** Every metric that has a name of ours. */
export const METRICS: readonly Metric[] = [...TRAINING_METRICS, ...PPO_METRICS, ...ECONOMIC_METRICS];

/** What a name in a log means. */
export interface Meaning {
  /** The canonical name, with the part that the log names: `value-loss/distance`. */
  readonly name: string;
  readonly metric: Metric;
  /** The canonical value is this times what is logged. */
  readonly factor: number;
  /** Given by the user; by the whole name; or by the end of the name, as `agent/losses/entropy` is `losses/entropy`. */
  readonly by: 'user' | 'name' | 'end of name';
}

/** What the user says that a name means. */
export interface UserAlias {
  readonly logged: string;
  readonly canonical: string;
}

/** More names than any log of metrics has are not kept in mind. */
const MAXIMUM_NAMES = 10_000;

interface Known {
  readonly metric: Metric;
  readonly factor: number;
  readonly format: string | undefined;
}

/** Groups whose metrics are not those of training by the same name. */
const OTHER_DATA = new Set([
  'val',
  'valid',
  'validation',
  'dev',
  'test',
  'eval',
  'evaluation',
  'held_out',
  'config',
]);

const { whole, parts } = index();

/**
 * What names mean in logs of a format. Names of unknown meaning have none: they are listed as they are.
 *
 * @example meaningsFor('sb3-progress')('train/entropy_loss') // { name: 'entropy', factor: −1, … }
 */
export function meaningsFor(
  format: string,
  aliases: readonly UserAlias[] = [],
): (name: string) => Meaning | undefined {
  const told = new Map(aliases.map(({ logged, canonical }) => [logged, canonical]));
  const memo = new Map<string, Meaning | undefined>();
  return (name) => {
    if (memo.size > MAXIMUM_NAMES) memo.clear();
    if (!memo.has(name)) memo.set(name, meaningOf(name, format, told.get(name)));
    return memo.get(name);
  };
}

function meaningOf(name: string, format: string, told: string | undefined): Meaning | undefined {
  if (told !== undefined) {
    const metric = METRICS.find((one) => one.name === told || fits(one.name, told));
    return metric && { name: told, metric, factor: 1, by: 'user' };
  }
  const words = normalised(name).split('/');
  for (let from = 0; from < words.length; from += 1) {
    const dropped = words.slice(0, from);
    // `test/accuracy` is no accuracy of training, `config/lr` no metric.
    if (dropped.some((word) => OTHER_DATA.has(word))) return undefined;
    // One word alone says too little: `time/wage` may be anything.
    if (from > 0 && words.length - from < 2) return undefined;
    const tail = words.slice(from).join('/');
    const by = from === 0 ? 'name' : 'end of name';
    const known = bestOf(whole.get(tail), format);
    if (known !== undefined)
      return { name: known.metric.name, metric: known.metric, factor: known.factor, by };
    const group = words.slice(from, -1).join('/');
    const part = bestOf(parts.get(group), format);
    if (part !== undefined) {
      const named = part.metric.name.replace('*', words.at(-1) ?? '');
      return { name: named, metric: part.metric, factor: part.factor, by };
    }
  }
  return undefined;
}

function fits(pattern: string, name: string): boolean {
  return pattern.endsWith('/*') && name.startsWith(pattern.slice(0, -1)) && name.length >= pattern.length;
}

function bestOf(known: readonly Known[] | undefined, format: string): Known | undefined {
  return known?.find((one) => one.format === format) ?? known?.find((one) => one.format === undefined);
}

/** `trainLoss`, `Train Loss`, `train-loss` are `train_loss`; groups are parted by `/` or `.`. */
function normalised(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replaceAll('.', '/');
}

function index() {
  const [byName, byGroup] = [new Map<string, Known[]>(), new Map<string, Known[]>()];
  for (const metric of METRICS) {
    for (const alias of metric.aliases) {
      const { name, factor = 1, format } = typeof alias === 'string' ? { name: alias } : alias;
      const isPart = name.endsWith('/*');
      const [into, key] = isPart ? [byGroup, name.slice(0, -2)] : [byName, normalised(name)];
      into.set(key, [...(into.get(key) ?? []), { metric, factor, format }]);
    }
  }
  return { whole: byName, parts: byGroup };
}
