import type { Stream } from '../../../../numerics/stream.ts';
import type { DurotaxisSettings } from './settings.ts';
import { SUBSTRATE } from './substrate.ts';

/**
 * Places of the nodes of a chain: node i is joined to node i + 1. In single precision, as they are stored, so that the
 * reward is for the places that the next step begins with.
 */
export interface Colony {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** A new colony: x uniform on the first tenth of the width, y on the middle fifth; the chain goes from left to right. */
export function drawColony({ initialNodes }: DurotaxisSettings, random: Stream): Colony {
  const draw = (): Float32Array => Float32Array.from({ length: initialNodes }, () => random.uniform());
  const x = draw().map((share) => (share * SUBSTRATE.width) / 10);
  const y = draw().map((share) => (0.4 + share / 5) * SUBSTRATE.height);
  return { x: x.sort(), y };
}

/** How many nodes a colony has. */
export function nodes({ x }: Colony): number {
  return x.length;
}

/** Mean of a coordinate; 0 of no nodes. */
export function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}
