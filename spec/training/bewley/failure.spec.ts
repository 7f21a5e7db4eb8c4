import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { SubjectError } from '../../../src/errors.ts';
import type { BewleyConfiguration, BewleyTrainerKit } from '../../../src/models/bewley/index.ts';
import { bewleyTrainerKit } from '../../../src/models/bewley/index.ts';
import { trainBewley } from '../../../src/training/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { tiny } from './small.ts';

onWasm();

const kit = bewleyTrainerKit;

/** The error that ends a run; what `onFailure` was given, and the steps that were logged before. */
async function endOf(
  fault: Partial<BewleyTrainerKit>,
  configuration: BewleyConfiguration = tiny(),
): Promise<{ readonly error: SubjectError; readonly logged: readonly number[] }> {
  const failures: unknown[] = [];
  const logged: number[] = [];
  const faulty: BewleyTrainerKit = {
    ...kit,
    ...fault,
    onFailure: (error) => {
      failures.push(error);
      kit.onFailure(error);
    },
  };
  const run = trainBewley({
    kit: faulty,
    configuration,
    seed: 1,
    maximumSteps: 5,
    logEvery: 1,
    onLog: ({ step }) => void logged.push(step),
  });
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(failures).toEqual([error]);
  if (error instanceof SubjectError) return { error, logged };
  throw new Error('the run did not end with a SubjectError', { cause: error });
}

/** x with something else in the place of household `element`. */
function replaced(x: tf.Tensor, element: number, value: number): tf.Tensor {
  return tf.tidy(() => {
    const [worlds = 0, agents = 0] = x.shape;
    const there = tf.reshape(tf.oneHot(tf.tensor1d([element], 'int32'), worlds * agents), [worlds, agents]);
    return tf.where(tf.cast(there, 'bool'), tf.fill([worlds, agents], value), x);
  });
}

describe('a household that leaves the domain', () => {
  it('is named with its period and what it was given: a negative income under a progressive tax', async () => {
    // So much capital that its return is −δ, and interest paid exceeds what work brings.
    const { error, logged } = await endOf({}, tiny('initial.wealth.mean=1e6'));
    expect(error.code).toBe('domain');
    expect(error.message).toMatch(/^gradient step 0, today: money is NaN \[domain\]/);
    expect(error.message).toMatch(/element 0 of shape \(4, 6\), wealth \d+.*ability.*labor.*income -\d+/);
    expect(logged).toEqual([]);
  });

  it('is named where a kit makes its savings no number', async () => {
    const { error } = await endOf({ savings: (m, s) => replaced(kit.savings(m, s), 15, Number.NaN) });
    expect(error.code).toBe('domain');
    expect(error.message).toMatch(/^gradient step 0, today: consumption is NaN/);
    expect(error.message).toMatch(/element 15 of shape \(4, 6\), wealth/);
  });

  it('is named where it saves all that it has: nothing is left to consume', async () => {
    const { error } = await endOf({
      controls: (...task) => {
        const made = kit.controls(...task);
        return { ...made, savingsRatio: replaced(made.savingsRatio, 7, 1) };
      },
    });
    expect(error.code).toBe('domain');
    expect(error.message).toMatch(/^gradient step 0, today: marginal utility is NaN/);
    expect(error.message).toMatch(/element 7 of shape \(4, 6\),.* savingsRatio 1,.* consumption 0\b/);
  });

  it.each(['a', 'b'] as const)('is named in the next period under draw %s', async (branch) => {
    const { error } = await endOf({
      drawBranches: (...task) => {
        const branches = kit.drawBranches(...task);
        const ability = branches[branch].ability.map((level, agent) => (agent === 9 ? Number.NaN : level));
        return { ...branches, [branch]: { ...branches[branch], ability } };
      },
    });
    expect(error.code).toBe('domain');
    const what = `gradient step 0, the next period under draw ${branch}: ability is NaN`;
    expect(error.message.startsWith(what)).toBe(true);
    expect(error.message).toContain('element 9 of shape (4, 6)');
  });

  it('is named in the pass that it is in, though each pass is right but one', async () => {
    const { error } = await endOf(
      {
        drawAgents: (...task) => {
          const drawn = kit.drawAgents(...task);
          return {
            ...drawn,
            wealth: drawn.wealth.map((owned, agent) => (agent >= 18 ? 1e6 * owned : owned)),
          };
        },
      },
      tiny('batch.worldsPerPass=1', 'normaliser.warmUp=0'),
    );
    expect(error.message).toMatch(/today: money is NaN[\s\S]*element (18|19|2\d) of shape \(4, 6\)/);
  });

  it('is not taken for an optimum when the weights are lost: outputs that are no numbers are named', async () => {
    let updates = 0;
    const { error, logged } = await endOf({
      updateWeights: (...task) => {
        const made = kit.updateWeights(...task);
        updates += 1;
        return updates < 3 ? made : { ...made, weights: tf.mul(made.weights, Number.NaN) };
      },
    });
    expect(error.code).toBe('domain');
    expect(error.message).toMatch(/^gradient step 3, today: (savingsRatio|marginalReturn|labor) is NaN/);
    expect(logged).toEqual([0, 1, 2]);
  });
});

describe('a step that ends in no number though every household is well', () => {
  it('tells the parts of a loss that is none', async () => {
    let calls = 0;
    const { error, logged } = await endOf(
      {
        loss: (...task) => {
          const made = kit.loss(...task);
          calls += 1;
          return calls > 2 ? { ...made, total: tf.mul(made.total, Number.NaN) } : made;
        },
      },
      tiny('heldOut.every=0'),
    );
    expect(error.code).toBe('non-finite-loss');
    expect(error.message).toMatch(/gradient step 2 is not finite/);
    expect(error.message).toMatch(
      /loss NaN \(complementarity \d.*, Euler -?\d.*, labour \d.*\), gradient norm NaN/,
    );
    expect(logged).toEqual([0, 1]);
  });

  it('tells a gradient that is none of a loss that is one', async () => {
    const { error } = await endOf({
      clipGradient: (...task) => {
        const made = kit.clipGradient(...task);
        return { ...made, norm: tf.mul(made.norm, Infinity) };
      },
    });
    expect(error.code).toBe('non-finite-gradient');
    expect(error.message).toMatch(/gradient step 0.*\n.*gradient norm Infinity/);
  });

  it('tells a shape that tfjs would broadcast', async () => {
    const { error } = await endOf({ consumption: (...task) => tf.mean(kit.consumption(...task), 1, true) });
    expect(error.code).toBe('shape-mismatch');
  });
});

describe('a state that is lost between two looks', () => {
  it('is not handed over', async () => {
    const saved: number[] = [];
    const run = trainBewley({
      kit: {
        ...kit,
        updateWeights: (...task) => {
          const made = kit.updateWeights(...task);
          return task[0].moments.step < 2 ? made : { ...made, weights: tf.mul(made.weights, Number.NaN) };
        },
      },
      configuration: tiny(),
      seed: 1,
      maximumSteps: 5,
      checkpointEvery: 1,
      onCheckpoint: ({ step }) => void saved.push(step),
    });
    await expect(run).rejects.toThrow(/after step 2 .*non-finite-state[\s\S]*weights\[0\] = NaN/);
    expect(saved).toEqual([1, 2]);
  });
});
