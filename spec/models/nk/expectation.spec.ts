import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { NkExpectationSettings, NkKit, NkPolicy } from '../../../src/models/nk/index.ts';
import {
  closedFormPolicy,
  nkClosedForm,
  nkCoefficients,
  nkKit,
  parametersAt,
} from '../../../src/models/nk/index.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import { expectClose, onWasm, read } from '../../nn/on-wasm.ts';
import { economies, parameterTensor } from './batch.ts';

onWasm();

const BATCH = 7;
const { parameters, zeta } = economies(BATCH);
const NETWORK = { hidden: [], outputScale: 0.01 };

/** [X, Π, E[X′], E[Π′]] of a policy. */
function lookAhead(
  policy: NkPolicy,
  expectation: NkExpectationSettings,
  kit: NkKit = nkKit,
): Promise<number[][]> {
  const { nodes, weights } = kit.expectationNodes(kit, expectation, streamOf(5));
  return read(() => {
    const economy = parameterTensor(parameters);
    const { controls, expected } = kit.lookAhead(kit, policy, {
      zeta: tf.tensor1d(zeta),
      parameters: economy,
      coefficients: kit.coefficients(economy),
      nodes: tf.tensor1d(nodes),
      probabilities: tf.tensor1d(weights),
    });
    return [controls.output, controls.inflation, expected.output, expected.inflation];
  });
}

describe('lookAhead', () => {
  const rules: readonly NkExpectationSettings[] = [
    { rule: 'gauss-hermite', nodes: 3 },
    { rule: 'gauss-hermite', nodes: 4 },
    { rule: 'monte-carlo', draws: 10 },
  ];

  it.each(rules)('is exact for the closed form under $rule', async (rule) => {
    const values = await lookAhead(closedFormPolicy(nkKit, NETWORK), rule);
    const exact = Array.from(zeta, (state, index) => {
      const p = parametersAt(parameters, index);
      return { now: nkClosedForm(p, state), next: nkClosedForm(p, p.rho * state) };
    });
    expectClose(
      values[0] ?? [],
      exact.map(({ now }) => now.output),
    );
    expectClose(
      values[1] ?? [],
      exact.map(({ now }) => now.inflation),
    );
    expectClose(
      values[2] ?? [],
      exact.map(({ next }) => next.output),
    );
    expectClose(
      values[3] ?? [],
      exact.map(({ next }) => next.inflation),
    );
  });

  it('under Gauss–Hermite has the second moment of ζ′, ρ²ζ² + s²', async () => {
    const square: NkPolicy = (states) => ({
      output: tf.square(states as tf.Tensor1D),
      inflation: tf.onesLike(states as tf.Tensor1D),
    });
    const [, , expectedSquare = [], expectedOne = []] = await lookAhead(square, {
      rule: 'gauss-hermite',
      nodes: 3,
    });
    const moments = Array.from(zeta, (state, index) => {
      const p = parametersAt(parameters, index);
      return (p.rho * state) ** 2 + nkCoefficients(p).shockScale ** 2;
    });
    expectClose(expectedSquare, moments);
    expectClose(
      expectedOne,
      Array.from(zeta, () => 1),
    );
  });

  it('asks the policy once, for all rows', async () => {
    const asked: number[] = [];
    const policy: NkPolicy = (states, economy) => {
      asked.push(states.size, economy.shape[0]);
      const nothing = tf.zeros<tf.Rank.R1>([states.size]);
      return { output: nothing, inflation: nothing };
    };
    await lookAhead(policy, { rule: 'monte-carlo', draws: 10 });
    expect(asked).toEqual([11 * BATCH, 11 * BATCH]);
  });

  it('steps through the transition of the kit', async () => {
    const kit: NkKit = { ...nkKit, transition: (_, states) => tf.zerosLike(states) };
    const [, , output = []] = await lookAhead(
      closedFormPolicy(kit, NETWORK),
      { rule: 'gauss-hermite', nodes: 3 },
      kit,
    );
    expect(output).toEqual(new Array(BATCH).fill(0));
  });
});
