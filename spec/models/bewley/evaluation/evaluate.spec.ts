import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { BewleyPolicy } from '../../../../src/models/bewley/index.ts';
import { bewleyKit } from '../../../../src/models/bewley/index.ts';
import type { BewleyEvaluationTask } from '../../../../src/models/bewley/evaluation/index.ts';
import {
  agentEulerErrors,
  evaluateBewley,
  firstWorlds,
  simulate,
} from '../../../../src/models/bewley/evaluation/index.ts';
import { solveBewley } from '../../../../src/models/bewley/reference/index.ts';
import { bewleyEvaluationTerminal } from '../../../../src/reporting/bewley-evaluation-terminal.ts';
import type { BewleyFigureData } from '../../../../src/reporting/figures/index.ts';
import { bewleyEulerFigure, bewleyPolicyFigure } from '../../../../src/reporting/figures/index.ts';
import { streamOf } from '../../../../src/numerics/stream.ts';
import { onWasm } from '../../../nn/on-wasm.ts';
import { economy } from '../presets.ts';
import { referencePolicy, referenceTable } from './reference-policy.ts';
import { solved } from './risky.ts';

onWasm();

const kit = bewleyKit;
// The reference lets labour take all the time there is.
const configuration = economy('no-tax', 'network.labor.maximum=1');
const reference = solved(configuration, { nodes: 19, deviations: 3, points: 110 });
const solution = referencePolicy(referenceTable(configuration, reference));

/** The solution with a savings ratio that is so many times as high. */
const saving =
  (times: number): BewleyPolicy =>
  (inputs) => {
    const { savingsRatio, ...others } = solution(inputs);
    return { ...others, savingsRatio: tf.minimum(tf.mul(savingsRatio, times), 0.999) };
  };

const task = (policy: BewleyPolicy, size: Partial<BewleyEvaluationTask> = {}): BewleyEvaluationTask => ({
  kit,
  configuration,
  policy,
  reference,
  seed: 1,
  worlds: 4,
  agents: 400,
  periods: 300,
  ...size,
});

describe('evaluateBewley, of the reference solution as a policy', async () => {
  await tf.setBackend('wasm');
  const { quantities, guards, euler, conditions, policies } = await evaluateBewley(task(solution));

  it('simulates the economy that was solved', () => {
    const within = (name: keyof typeof quantities): number =>
      Math.abs(quantities[name].relativeDeviation ?? Number.NaN);
    // One standard error of K/L is 0.7 %.
    expect(quantities.capitalLabor.standardError).toBeLessThan(0.06);
    expect(within('capitalLabor')).toBeLessThan(0.02);
    expect(within('wage')).toBeLessThan(0.007);
    expect(within('labor')).toBeLessThan(0.002);
    expect(within('consumption')).toBeLessThan(0.01);
    expect(within('savingsRatio')).toBeLessThan(0.005);
    expect(within('ability')).toBeLessThan(0.005);
    expect(Math.abs((quantities.discountedReturn.mean ?? 0) - reference.discountedReturn)).toBeLessThan(1e-3);
    const { mean, reference: expected } = quantities.shareConstrained;
    expect(Math.abs((mean ?? 0) - expected)).toBeLessThan(0.01);
    expect(within('giniWealth')).toBeLessThan(0.04);
  });

  it('keeps the accounts to rounding, and needs no guard', () => {
    expect(guards.resource.inRoundoffs).toBeLessThan(30);
    expect(guards.resource.largest).toBeGreaterThan(0);
    expect([guards.capitalFloored, guards.laborFloored]).toEqual([0, 0]);
    expect(guards.marginalReturnLargest).toBe(1);
  });

  it('finds small Euler errors: agents who take prices for constant err by how prices move', () => {
    expect(euler.ergodic.mean).toBeLessThan(-2.6);
    expect(euler.ergodic.percentile99).toBeLessThan(-2);
    expect(euler.heldOut.percentile99).toBeLessThan(-2);
    expect(euler.ergodic.shareExcluded).toBeGreaterThan(0.03);
    expect(euler.ergodic.shareExcluded).toBeLessThan(0.1);
    expect(euler.ergodic.shareShouldSave).toBeLessThan(0.02);
    expect(euler.samplingError).toBeLessThan(5e-5);
    expect(euler.samplingError).toBeGreaterThan(0);
    expect(euler.ergodic.cumulative.share.at(-1)).toBe(1);
  });

  it('finds its own choices', () => {
    expect(conditions.complementarity.byWealth).toBeLessThan(1e-4);
    expect(conditions.labor.mean).toBeLessThan(0.005);
    expect(policies.deviations?.savingsRatio.largest).toBeLessThan(1e-5);
    expect(policies.deviations?.labor.mean).toBeLessThan(1e-4);
    expect(policies.deviations?.consumption.mean).toBeLessThan(0.005);
    expect(policies.withoutReference).toBeNull();
    for (const { network, reference: expected } of policies.curves.curves) {
      network.savingsRatio.forEach((share, index) => {
        expect(share).toBeCloseTo(expected?.savingsRatio[index] ?? Number.NaN, 4);
      });
      expect(network.marginalReturn.at(-1)).toBe(1);
    }
    expect(policies.curves.curves.map(({ quantile }) => quantile)).toEqual([0.1, 0.5, 0.9]);
  });
});

describe('evaluateBewley', () => {
  it('is not content with a policy that saves 3 % too much', async () => {
    const { quantities, euler, policies } = await evaluateBewley(
      task(saving(1.03), { worlds: 2, agents: 100, periods: 60 }),
    );
    expect(quantities.capitalLabor.relativeDeviation).toBeGreaterThan(0.1);
    expect(euler.ergodic.percentile99).toBeGreaterThan(-2);
    expect(euler.heldOut.percentile99).toBeGreaterThan(-2);
    expect(policies.deviations?.consumption.mean).toBeGreaterThan(0.05);
    expect(policies.deviations?.savingsRatio.mean).toBeGreaterThan(0.01);
  });

  it('gives numbers that JSON keeps, the same for the same seed', async () => {
    const small = task(solution, { worlds: 3, agents: 20, periods: 11, draws: 4 });
    const first = await evaluateBewley(small);
    const stages = new Set<string>();
    const second = await evaluateBewley({ ...small, onProgress: ({ stage }) => stages.add(stage) });
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    expect(second).toEqual(first);
    expect([...stages]).toEqual(['simulation', 'euler-errors', 'policies']);
    expect(await evaluateBewley({ ...small, seed: 2 })).not.toEqual(first);
  });

  it('is what the figures and the terminal show', async () => {
    const found = await evaluateBewley(task(solution, { worlds: 2, agents: 20, periods: 4, draws: 2 }));
    expect(bewleyEvaluationTerminal(found)).toContain('K/L');
    expect(bewleyPolicyFigure(found.policies.curves)).toContain('consumption');
    const shown: BewleyFigureData = found;
    expect(bewleyEulerFigure(shown.euler)).toContain('Euler');
  });

  it('has no error of a single world to tell, and says so', async () => {
    const { quantities, fluctuation } = await evaluateBewley(
      task(solution, { worlds: 1, agents: 20, periods: 4, draws: 2 }),
    );
    expect(quantities.capitalLabor.standardError).toBeNull();
    expect(quantities.giniWealth.standardError).toBeNull();
    expect(fluctuation.acrossWorlds).toBeNull();
  });

  it('is at the steady state where nobody has a risk, and says what cannot be compared', async () => {
    const alike = economy('no-tax', 'one-type', 'network.labor.maximum=1');
    const steady = solveBewley(alike);
    const policy: BewleyPolicy = ({ wealth }) => ({
      savingsRatio: tf.fill(wealth.shape, steady.savingsRatio),
      labor: tf.fill(wealth.shape, steady.labor),
      marginalReturn: tf.onesLike(wealth),
    });
    const fixed = {
      ...alike,
      initial: { ...alike.initial, wealth: { rule: 'equal' as const, mean: steady.capital } },
    };
    const { quantities, euler, policies } = await evaluateBewley(
      task(policy, { configuration: fixed, reference: steady, worlds: 2, agents: 10, periods: 20 }),
    );
    expect(Math.abs(quantities.capitalLabor.relativeDeviation ?? Number.NaN)).toBeLessThan(1e-5);
    expect(euler.ergodic.maximum).toBeLessThan(-5);
    expect(euler.draws).toBe(1);
    expect(euler.reference).toBeNull();
    expect(policies.deviations).toBeNull();
    expect(policies.withoutReference).toContain('steady state');
  });

  it('names the period in which a policy leaves the domain', async () => {
    const policy: BewleyPolicy = (inputs) => ({
      ...solution(inputs),
      savingsRatio: tf.fill(inputs.wealth.shape, Number.NaN),
    });
    await expect(evaluateBewley(task(policy, { worlds: 2, agents: 5 }))).rejects.toMatchObject({
      code: 'domain',
      story: { what: expect.stringContaining('period 0') as string },
    });
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }): void => {
      if (done === 3) controller.abort(new Error('enough'));
    };
    await expect(
      evaluateBewley(task(solution, { worlds: 2, agents: 5, signal: controller.signal, onProgress })),
    ).rejects.toThrow('enough');
  });
});

describe('agentEulerErrors', () => {
  it('needs no more draws than it takes, and does not look at h', async () => {
    const size = { worlds: 3, agents: 60, periods: 40 };
    const { last } = await simulate({ ...task(solution), ...size, observed: [], stream: streamOf(5) });
    const section = firstWorlds(last, 180);
    const withDraws = (draws: number, policy = solution) =>
      agentEulerErrors({ kit, configuration, policy, draws }, section, streamOf(6));
    const [usual, many] = [await withDraws(64), await withDraws(1024)];
    const largest = usual.error.reduce(
      (most, error, index) => Math.max(most, Math.abs(error - (many.error[index] ?? Number.NaN))),
      0,
    );
    // Of errors that are asked to be below 1e-2, and are 3e-3 here.
    expect(largest).toBeLessThan(2e-4);
    const otherReturn: BewleyPolicy = (inputs) => ({
      ...solution(inputs),
      marginalReturn: tf.fill(inputs.wealth.shape, 0.8),
    });
    const other = await withDraws(64, otherReturn);
    other.error.forEach((error, index) => {
      expect(error).toBeCloseTo(usual.error[index] ?? Number.NaN, 6);
    });
  });
});
