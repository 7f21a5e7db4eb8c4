import type { Stream } from '../../numerics/stream.ts';
import type { ActionSpace } from './environment.ts';

/** What a policy says of one observation, on the host. */
export interface PolicyRow {
  /** (A): logits, or means. */
  readonly parameters: ArrayLike<number>;
  /** (A) of a Gaussian policy. */
  readonly logDeviation: ArrayLike<number>;
}

/** An action as it was drawn. */
export interface PolicySample {
  /** What the density is of: (A), a one-hot row of the action chosen, or the raw Gaussian sample u. */
  readonly raw: Float32Array;
  /** log π(raw). */
  readonly logProbability: number;
}

/** Draws an action: from softmax(logits) by inversion, or u = μ + σ·ε. */
export function sampleAction(
  kind: ActionSpace['kind'],
  { parameters, logDeviation }: PolicyRow,
  random: Stream,
): PolicySample {
  if (kind === 'discrete') {
    const logs = logSoftmax(parameters);
    const chosen = invert(logs, random.uniform());
    return { raw: oneHot(chosen, logs.length), logProbability: logs[chosen] ?? Number.NaN };
  }
  const raw = Float32Array.from(parameters, (mean, index) => {
    return mean + Math.exp(logDeviation[index] ?? Number.NaN) * random.normal();
  });
  return { raw, logProbability: gaussianLogDensity(raw, parameters, logDeviation) };
}

/** The action without noise: the largest logit, or the mean, which is squashed to the median of the actions. */
export function likeliestAction(kind: ActionSpace['kind'], parameters: ArrayLike<number>): Float32Array {
  if (kind === 'continuous') return Float32Array.from(parameters);
  const logits = Array.from(parameters);
  return oneHot(logits.indexOf(Math.max(...logits)), logits.length);
}

/** log π(u) = Σ −(u − μ)²/2σ² − log σ − ½ log 2π, in double precision of the sample as it is kept. */
export function gaussianLogDensity(
  raw: ArrayLike<number>,
  means: ArrayLike<number>,
  logDeviation: ArrayLike<number>,
): number {
  let sum = 0;
  for (let index = 0; index < raw.length; index += 1) {
    const log = logDeviation[index] ?? Number.NaN;
    const standardised = ((raw[index] ?? Number.NaN) - (means[index] ?? Number.NaN)) / Math.exp(log);
    sum -= (standardised * standardised) / 2 + log + HALF_LOG_2_PI;
  }
  return sum;
}

/** ½ log 2π. */
export const HALF_LOG_2_PI = Math.log(2 * Math.PI) / 2;

/**
 * The action that an environment takes, from a sample: the index of a one-hot row; or each u squashed to
 * low + (high − low)/(1 + e⁻ᵘ), and left as it is between infinite bounds.
 */
export function executedAction(space: ActionSpace, raw: ArrayLike<number>): Float32Array {
  if (space.kind === 'discrete') return Float32Array.of(Array.from(raw).indexOf(1));
  return Float32Array.from(raw, (u, index) => {
    const [low = -Infinity, high = Infinity] = [space.low[index], space.high[index]];
    return Number.isFinite(low) && Number.isFinite(high) ? low + (high - low) / (1 + Math.exp(-u)) : u;
  });
}

function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(logits);
  const largest = values.reduce((most, x) => Math.max(most, x), -Infinity);
  const sum = values.reduce((total, x) => total + Math.exp(x - largest), 0);
  return values.map((x) => x - largest - Math.log(sum));
}

/** The first action at which the distribution function passes u; the last where roundings leave a gap. */
function invert(logs: Float64Array, u: number): number {
  let passed = 0;
  const found = logs.findIndex((log) => {
    passed += Math.exp(log);
    return u < passed;
  });
  return found < 0 ? logs.length - 1 : found;
}

function oneHot(chosen: number, count: number): Float32Array {
  const row = new Float32Array(count);
  row[chosen] = 1;
  return row;
}
