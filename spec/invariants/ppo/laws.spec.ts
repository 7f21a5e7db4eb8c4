import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FAULTS, LAWS } from '../../../invariants/index.ts';
import type { OpenEngine } from '../../../src/engine/index.ts';
import { openEngine } from '../../../src/engine/index.ts';
import type { Kit } from '../../../src/subjects/kit.ts';
import { correctKit, subjectOf } from '../../../src/subjects/index.ts';
import { inPpo } from '../../../src/subjects/kit.ts';
import { checkLaw } from '../../../src/verification/check-law.ts';
import { knownBad } from '../../../src/verification/controls.ts';
import { benchOf, judgeCase } from '../../../src/verification/judge-case.ts';
import type { Law } from '../../../src/verification/law.ts';
import { ratioOf } from '../../../src/verification/measurement.ts';

const laws = LAWS.filter(({ id }) => id.startsWith('ppo/'));
// Those of its loop are shown to the laws on training loops.
const faults = FAULTS.filter(({ killedBy }) => killedBy.every((law) => law.startsWith('ppo/')));

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine('wasm');
});
afterAll(() => {
  engine.close();
});

function lawNamed(id: string): Law {
  const found = laws.find((law) => law.id === id);
  if (found === undefined) throw new Error(`no law ${id}`);
  return found;
}

const verdictOf = async (id: string, kit: Kit, seed: number, runs = 20): Promise<string> => {
  const { verdict, reason = '' } = await checkLaw(lawNamed(id), subjectOf(kit, engine), { runs, seed });
  return `${verdict} ${reason}`.trim();
};

describe('the laws of PPO', () => {
  test('are here, with their faults', () => {
    expect(laws).toHaveLength(18);
    expect(faults).toHaveLength(28);
  });

  test.each(laws)('$id holds, whatever the seed, and leaves no tensor', async ({ id }) => {
    const before = engine.memory();
    for (const seed of [21, 22, 23])
      expect([seed, await verdictOf(id, correctKit, seed)]).toEqual([seed, 'holds']);
    expect(engine.memory()).toEqual(before);
  });

  test.each(laws)('$id rejects the known-bad subject in each of its cases', async (law) => {
    const bench = benchOf(law, knownBad(subjectOf(correctKit, engine)));
    for (const sample of fc.sample(law.cases, { numRuns: 5, seed: 3 })) {
      const { worst } = await judgeCase(law, bench, sample);
      expect(ratioOf(worst)).toBeGreaterThan(1);
    }
  });

  test.each(faults)('$id is killed with each of several seeds', async ({ inject, killedBy }) => {
    const faulty = subjectOf(inject(correctKit), engine);
    for (const id of killedBy) {
      const law = lawNamed(id);
      for (const seed of [51, 52, 53]) {
        const runs = law.budget?.power ?? 20;
        const { verdict } = await checkLaw(law, faulty, { runs, seed, firstViolation: true });
        expect([id, seed, verdict]).toEqual([id, seed, 'violated']);
      }
    }
  });
});

describe('what is right in the wild', () => {
  // Backwards with flags in another form, in single precision.
  const wild = inPpo((ppo) => ({
    advantages: ({ rewards, values, nextValues, terminated, truncated, shape }, { discount, lambda }) => {
      const [steps, environments, components] = shape;
      const stride = environments * components;
      const advantages = new Float32Array(rewards.length);
      for (let at = steps * stride - 1; at >= 0; at -= 1) {
        const row = Math.floor(at / components);
        const after = terminated[row] === 1 ? 0 : Math.fround(nextValues[at] ?? NaN);
        const error = Math.fround((rewards[at] ?? NaN) + Math.fround(discount * after) - (values[at] ?? NaN));
        const isDone = terminated[row] === 1 || truncated[row] === 1 || at + stride >= rewards.length;
        advantages[at] = error + (isDone ? 0 : discount * lambda * (advantages[at + stride] ?? NaN));
      }
      const exact = Float64Array.from(advantages);
      return { advantages: exact, returns: exact.map((one, at) => Math.fround(one + (values[at] ?? NaN))) };
    },
    // Softmax by exponentials and their logarithm, the ratio without expm1.
    logProbability: (outputs, raw) =>
      outputs.logDeviation === undefined
        ? tf.sum(tf.mul(tf.log(tf.softmax(outputs.policy, 1)), raw), 1)
        : ppo.logProbability(outputs, raw),
    ratioStatistics: (logRatio, clip) => {
      const excess = tf.sub<tf.Tensor1D>(tf.exp(logRatio), 1);
      return {
        ...ppo.ratioStatistics(logRatio, clip),
        deviation: tf.max(tf.abs(excess)),
        k3: tf.mean(tf.sub(excess, logRatio)),
      };
    },
    explainedVariance: (values, returns, components) =>
      ppo.explainedVariance(values.map(Math.fround), returns.map(Math.fround), components),
  }));

  test.each(['ppo/advantages', 'ppo/policy-loss', 'ppo/divergence', 'ppo/explained-variance'])(
    'passes %s',
    async (id) => {
      for (const seed of [31, 32]) expect(await verdictOf(id, wild(correctKit), seed)).toBe('holds');
    },
  );
});

describe('the power of the laws of PPO', () => {
  /** Functions that are off by a thousandth, or by one sample. */
  const near: Readonly<Record<string, (kit: Kit) => Kit>> = {
    'ppo/advantages': inPpo((ppo) => ({
      advantages: (trajectories, { discount, lambda }) =>
        ppo.advantages(trajectories, { discount: discount * (1 - 1e-3), lambda }),
    })),
    'ppo/policy-loss': inPpo((ppo) => ({
      policyLoss: (input, clip) => ppo.policyLoss(input, clip * 1.01),
    })),
    'ppo/divergence': inPpo((ppo) => ({
      divergence: (old, now) => tf.mul(ppo.divergence(old, now), 1 + 1e-3),
    })),
    'ppo/entropy-bonus': inPpo((ppo) => ({
      withEntropy: (policy, entropy, weight) => ppo.withEntropy(policy, entropy, weight * (1 + 1e-3)),
    })),
    'ppo/value-loss': inPpo((ppo) => ({
      valueLoss: (input, settings) =>
        ppo.valueLoss(input, { ...settings, huberDelta: settings.huberDelta * 1.01 }),
    })),
    'ppo/standardised-advantages': inPpo((ppo) => ({
      standardise: (advantages, trajectories) =>
        ppo.standardise(advantages, trajectories).map((z) => z * (1 - 1 / advantages.length)),
    })),
    'ppo/target-moments': inPpo((ppo) => ({
      addReturns: (past, returns, decay) => ppo.addReturns(past, returns, Math.min(decay + 1e-3, 0.999)),
    })),
    'ppo/reward-scale': inPpo((ppo) => ({
      scaleRewards: (past, rewards, totals, ended, settings) =>
        ppo.scaleRewards(past, rewards, totals, ended, {
          ...settings,
          discount: settings.discount * (1 - 1e-3),
        }),
    })),
    'ppo/time-limit': inPpo((ppo) => ({
      endOfStep: (step) => ppo.endOfStep({ ...step, elapsed: step.elapsed - 1 }),
    })),
    'ppo/equal-parameters': inPpo((ppo) => ({
      executedAction: (space, raw) => ppo.executedAction(space, raw).map((a) => a * (1 - 1e-3)),
    })),
  };

  test.each(Object.entries(near))('%s sees what is nearly right', async (id, inject) => {
    for (const seed of [41, 42]) expect(await verdictOf(id, inject(correctKit), seed)).toBe('violated');
  });
});
