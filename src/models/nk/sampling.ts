import { gaussHermite } from '../../numerics/gauss-hermite.ts';
import type { Stream } from '../../numerics/stream.ts';
import { nkCoefficients } from './coefficients.ts';
import type { NkExpectationSettings, NkSamplingSettings } from './configuration.ts';
import type { NkNodes } from './expectation.ts';
import type { NkKit } from './kit.ts';
import { NK_PARAMETER_COUNT, NK_PARAMETERS, parametersAt } from './parameters.ts';

/** Parameters from the prior, uniform and independent: (B, 8) row-major. */
export function drawParameters(stream: Stream, batch: number): Float32Array {
  const rows = Array.from({ length: batch }, () =>
    NK_PARAMETERS.map(({ prior: [lower, upper] }) => lower + (upper - lower) * stream.uniform()),
  );
  return Float32Array.from(rows.flat());
}

/** States from the ergodic distribution of each parameter vector, N(0, (widen·sd(ζ))²): (B). */
export function drawErgodicState(
  stream: Stream,
  parameters: Float32Array,
  { widen }: Pick<NkSamplingSettings, 'widen'>,
): Float32Array {
  return Float32Array.from({ length: parameters.length / NK_PARAMETER_COUNT }, (_, index) => {
    const { ergodicDeviation } = nkCoefficients(parametersAt(parameters, index));
    return widen * ergodicDeviation * stream.normal();
  });
}

/** States uniform on ±bound, in units of 1 or of sd(ζ) of each parameter vector: (B). */
export function drawUniformState(
  stream: Stream,
  parameters: Float32Array,
  { bound, unit }: Pick<NkSamplingSettings, 'bound' | 'unit'>,
): Float32Array {
  return Float32Array.from({ length: parameters.length / NK_PARAMETER_COUNT }, (_, index) => {
    const { ergodicDeviation } = nkCoefficients(parametersAt(parameters, index));
    return bound * (unit === 'ergodic' ? ergodicDeviation : 1) * (2 * stream.uniform() - 1);
  });
}

/**
 * `count` draws of ε ~ N(0, 1) in exact pairs ±ε, so that odd moments vanish; an odd count has one draw of its own at
 * the end.
 *
 * @example innovations(streamOf(1), 4) // [ε₁, −ε₁, ε₂, −ε₂]
 */
export function innovations(stream: Stream, count: number): Float32Array {
  const draws = new Float32Array(count);
  for (let index = 0; index < count; index += 2) {
    const draw = stream.normal();
    draws[index] = draw;
    if (index + 1 < count) draws[index + 1] = -draw;
  }
  return draws;
}

/** Nodes and probabilities for E[f(ε)]: drawn from the stream, or the Gauss–Hermite rule, which needs no draw. */
export function expectationNodes(kit: NkKit, expectation: NkExpectationSettings, stream: Stream): NkNodes {
  if (expectation.rule === 'gauss-hermite') return gaussHermiteNodes(expectation.nodes);
  const nodes = kit.innovations(stream, expectation.draws);
  return { nodes, weights: nodes.map(() => 1 / nodes.length) };
}

/** Finding the nodes takes 0.2 ms for 3 and 80 ms for 64, and every gradient step asks for the same. */
const knownRules = new Map<number, NkNodes>();

function gaussHermiteNodes(count: number): NkNodes {
  const known = knownRules.get(count);
  if (known !== undefined) return known;
  const { nodes, weights } = gaussHermite(count);
  const rule = { nodes: Float32Array.from(nodes), weights: Float32Array.from(weights) };
  knownRules.set(count, rule);
  return rule;
}
