import type { NkConfiguration } from '../../../src/models/nk/index.ts';
import { parseNkConfiguration } from '../../../src/models/nk/index.ts';

/** A configuration that takes a millisecond a step, for what does not need to learn. */
export function tiny(settings: Record<string, unknown> = {}): NkConfiguration {
  return parseNkConfiguration({
    batch: 7,
    network: { hidden: [5] },
    expectation: { rule: 'gauss-hermite', nodes: 3 },
    iterations: 40,
    ...settings,
  });
}

/** A configuration that learns in seconds. */
export function small(settings: Record<string, unknown> = {}): NkConfiguration {
  return parseNkConfiguration({
    batch: 64,
    network: { hidden: [32, 32] },
    loss: { reduction: 'mean' },
    expectation: { rule: 'gauss-hermite', nodes: 3 },
    optimiser: { learningRate: 0.03 },
    ...settings,
  });
}
