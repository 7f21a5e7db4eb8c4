import { describe, expect, it } from 'vitest';
import { bewleyTrainerKit } from '../../../src/models/bewley/index.ts';
import type { BewleyLogRow } from '../../../src/training/index.ts';
import { trainBewley } from '../../../src/training/index.ts';
import { DISTRIBUTIONS } from '../../models/bewley/network/small.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { tiny } from './small.ts';

onWasm();

const STEPS = 150;

/** K/L of the reference solution of `no-tax`. */
const CAPITAL_LABOR = 6;

/** Mean of a number over the rows of a log. */
function meanOf(rows: readonly BewleyLogRow[], name: string): number {
  return rows.reduce((sum, row) => sum + (row[name] ?? Number.NaN), 0) / rows.length;
}

describe.each(DISTRIBUTIONS)('a tiny economy, told by %s', (distribution) => {
  it('comes down in its loss, and stays near the capital of the reference solution', async () => {
    const configuration = tiny(
      'no-tax',
      `network.distribution=${distribution}`,
      'batch.agents=16',
      'network.hidden=16',
      'network.head=16',
      'optimiser.learningRate=0.005',
      `steps=${STEPS}`,
    );
    const { log } = await trainBewley({ kit: bewleyTrainerKit, configuration, seed: 1, logEvery: 1 });
    const [first, last] = [log.slice(0, 10), log.slice(-30)];
    expect(meanOf(first, 'loss/total') / meanOf(last, 'loss/total')).toBeGreaterThan(10);
    expect(meanOf(last, 'loss/labor_foc')).toBeLessThan(meanOf(first, 'loss/labor_foc'));
    // Not yet the solution, and not the economy in which all capital is gone, or in which all is saved.
    expect(meanOf(last, 'market/capital_labor') / CAPITAL_LABOR).toBeGreaterThan(0.85);
    expect(meanOf(last, 'market/capital_labor') / CAPITAL_LABOR).toBeLessThan(1.15);
  });
});
