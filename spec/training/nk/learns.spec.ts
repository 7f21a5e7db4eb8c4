import { describe, expect, it } from 'vitest';
import type { NkProcedure } from '../../../src/models/nk/index.ts';
import { evaluateNk, NK_PROCEDURES, nkKit } from '../../../src/models/nk/index.ts';
import type { NkLogRow } from '../../../src/training/index.ts';
import { trainNk } from '../../../src/training/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { small } from './small.ts';

onWasm();

const STEPS = 1000;

/** Mean loss of the first five and of the last five rows of a log. */
function fall(log: readonly NkLogRow[]): number {
  const mean = (rows: readonly NkLogRow[]): number =>
    rows.reduce((sum, { total }) => sum + total, 0) / rows.length;
  return mean(log.slice(0, 5)) / mean(log.slice(-5));
}

describe.each(Object.keys(NK_PROCEDURES) as (keyof typeof NK_PROCEDURES)[])('%s', (name) => {
  it('brings the loss down a hundredfold and the policy to the closed form', async () => {
    const procedure: NkProcedure = NK_PROCEDURES[name];
    const configuration = small({ procedure, iterations: STEPS / procedure.gradientSteps });
    const { log, weights } = await trainNk({ kit: nkKit, configuration, seed: 1, logEvery: 5 });
    const { prior, baseline } = await evaluateNk({
      kit: nkKit,
      configuration,
      weights,
      seed: 1,
      samples: 500,
    });
    expect(fall(log)).toBeGreaterThan(100);
    // An untrained policy is 100 % off. Most of the error over the prior is in its corners.
    expect(prior.output.rootMeanSquare).toBeLessThan(0.4);
    expect(prior.inflation.rootMeanSquare).toBeLessThan(0.2);
    expect(baseline.output.rootMeanSquare).toBeLessThan(0.3);
    expect(baseline.inflation.rootMeanSquare).toBeLessThan(0.1);
  });
});
