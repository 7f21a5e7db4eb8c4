import * as tf from '@tensorflow/tfjs';
import type { NkKit, NkPolicy } from '../models/nk/index.ts';
import { closedFormPolicy, policyShapes, policyWidths } from '../models/nk/index.ts';
import { flatten, unflatten, weightShapes } from '../nn/index.ts';
import { streamOf } from '../numerics/stream.ts';
import * as contract from '../verification/contracts/index.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { float32 } from '../verification/tensor-value.ts';
import { evaluate, upload, uploadMatrix } from './transfer.ts';

/** Raw network outputs are 100 times the controls, as the contract has it. */
const PUBLISHED = { activation: 'celu', unit: 'absolute', stateScale: 1, outputScale: 0.01 } as const;

/** The economy of the New Keynesian model as operations: equations, transition, policy, loss, evaluation points. */
export function nkEconomy(kit: NkKit): readonly Implementation[] {
  return [
    implement(contract.nkCoefficients, ({ parameters }) =>
      evaluate(() => {
        const { kappa, omega, shockScale, ergodicDeviation } = kit.coefficients(uploadMatrix(parameters));
        return { kappa, omega, shockScale, ergodicDeviation };
      }),
    ),
    implement(contract.nkResiduals, (input) =>
      evaluate(() => {
        const { is, phillips } = residualsOf(
          kit,
          input.parameters,
          STATES.map((name) => upload(input[name])),
        );
        return { is, phillips };
      }),
    ),
    implement(contract.nkEquilibriumLoss, async ({ parameters, ...states }) => {
      const { loss } = await evaluate(() => {
        const { is, phillips } = residualsOf(
          kit,
          parameters,
          STATES.map((name) => upload(states[name])),
        );
        return {
          loss: kit.combine({ is, phillips }, { weights: { is: 1, phillips: 1 }, reduction: 'mean' }).total,
        };
      });
      return { loss: loss.data[0] ?? Number.NaN };
    }),
    implement(contract.nkResidualGradients, ({ parameters, cotangentIs, cotangentPhillips, ...states }) =>
      evaluate(() => {
        const weighted = (...tensors: tf.Tensor[]): tf.Scalar => {
          const { is, phillips } = residualsOf(kit, parameters, tensors);
          return tf.add(
            tf.sum(tf.mul(is, upload(cotangentIs))),
            tf.sum(tf.mul(phillips, upload(cotangentPhillips))),
          );
        };
        const gradients = tf.grads(weighted)(STATES.map((name) => upload(states[name])));
        return named(STATES, gradients);
      }),
    ),
    implement(contract.nkStep, ({ parameters, zeta, innovation }) =>
      evaluate(() => ({
        zeta: kit.transition(
          kit,
          upload(zeta),
          upload(innovation),
          kit.coefficients(uploadMatrix(parameters)),
        ),
      })),
    ),
    implement(contract.nkInitialState, async ({ parameters, seed }) => {
      const values = Float32Array.from(parameters.data);
      const zeta = kit.drawErgodicState(streamOf(seed), values, { widen: 1 });
      return { zeta: float32([zeta.length], zeta) };
    }),
    implement(contract.nkInnovations, async ({ count, seed }) => {
      const innovations = kit.innovations(streamOf(seed), count);
      return { innovations: float32([innovations.length], innovations) };
    }),
    implement(contract.nkPolicyResiduals, ({ parameters, zeta, innovations, expectation, policy, seed }) =>
      evaluate(() => {
        const matrix = uploadMatrix(parameters);
        const coefficients = kit.coefficients(matrix);
        const [steps = 0, batch = 0] = innovations.shape;
        const shocks = upload(innovations);
        let state = upload(zeta);
        for (let step = 0; step < steps; step += 1) {
          const innovation = tf.reshape(tf.slice(shocks, [step, 0], [1, batch]), [batch]);
          state = kit.transition(kit, state, innovation, coefficients);
        }
        const drawn = kit.expectationNodes(kit, expectation, streamOf(seed));
        const { controls, expected } = kit.lookAhead(kit, policyOf(kit, policy), {
          zeta: state,
          parameters: matrix,
          coefficients,
          nodes: tf.tensor1d(drawn.nodes),
          probabilities: tf.tensor1d(drawn.weights),
        });
        const { is, phillips } = kit.residuals(kit, { zeta: state, controls, expected, coefficients });
        return { is, phillips };
      }),
    ),
    implement(contract.nkNetwork, ({ hidden, weights, parameters, zeta, cotangent }) =>
      evaluate(() => {
        const inputs = kit.networkInputs(upload(zeta), uploadMatrix(parameters));
        const slices = unflatten(
          tf.tensor1d(Float32Array.from(weights.data)),
          weightShapes(policyWidths(hidden)),
        );
        const raw = kit.network(kit, slices, inputs);
        const weighted = (...list: tf.Tensor[]): tf.Scalar =>
          tf.sum(tf.mul(kit.network(kit, list, inputs), upload(cotangent)));
        return { raw, gradient: flatten(tf.grads(weighted)([...slices])) };
      }),
    ),
    implement(
      contract.nkLinearise,
      ({ parameters, zeta, nodes, probabilities, network, weights, equationWeights, reduction }) =>
        evaluate(() => {
          const matrix = uploadMatrix(parameters);
          const points = kit.lossPoints(kit, {
            zeta: upload(zeta),
            parameters: matrix,
            coefficients: kit.coefficients(matrix),
            nodes: upload(nodes) as tf.Tensor1D,
            probabilities: upload(probabilities) as tf.Tensor1D,
          });
          const slices = unflatten(upload(weights) as tf.Tensor1D, policyShapes(kit, network));
          const loss = { weights: equationWeights, reduction };
          const { residuals, jacobian } = kit.linearise(kit, slices, points, { network, loss });
          return { residuals: tf.reshape(residuals, [residuals.size]), jacobian };
        }),
    ),
    implement(contract.nkLoss, async ({ is, phillips, weights, reduction }) => {
      const settings = { weights, reduction };
      const answer = await evaluate(() => {
        const residuals = [upload(is), upload(phillips)] as const;
        const combined = kit.combine({ is: residuals[0], phillips: residuals[1] }, settings);
        const total = (one: tf.Tensor, other: tf.Tensor): tf.Scalar =>
          kit.combine({ is: one, phillips: other }, settings).total;
        const [gradientIs, gradientPhillips] = tf.grads(total)([...residuals]);
        if (gradientIs === undefined || gradientPhillips === undefined)
          throw new TypeError('tf.grads returned too few gradients');
        return {
          total: combined.total,
          is: combined.is,
          phillips: combined.phillips,
          gradientIs,
          gradientPhillips,
        };
      });
      const scalar = (value: TensorValue): number => value.data[0] ?? Number.NaN;
      return {
        ...answer,
        total: scalar(answer.total),
        is: scalar(answer.is),
        phillips: scalar(answer.phillips),
      };
    }),
    implement(contract.nkEvaluationPoints, async ({ parameters, deviations, widen }) => ({
      points: kit
        .evaluationPoints({ deviations, widen }, Float32Array.from(parameters.data))
        .map((point) => ({
          zeta: float32([point.zeta.length], point.zeta),
          deviations: float32([point.deviations.length], point.deviations),
          withinDomain: point.withinDomain,
        })),
    })),
  ];
}

const STATES = ['zeta', 'output', 'inflation', 'expectedOutput', 'expectedInflation'] as const;

/** Residuals at states and controls in the order of STATES. */
function residualsOf(kit: NkKit, parameters: TensorValue, tensors: readonly tf.Tensor[]) {
  const [zeta, output, inflation, expectedOutput, expectedInflation] = tensors as tf.Tensor1D[];
  if (!zeta || !output || !inflation || !expectedOutput || !expectedInflation)
    throw new TypeError('five tensors were expected');
  return kit.residuals(kit, {
    zeta,
    controls: { output, inflation },
    expected: { output: expectedOutput, inflation: expectedInflation },
    coefficients: kit.coefficients(uploadMatrix(parameters)),
  });
}

function policyOf(
  kit: NkKit,
  policy: 'closed-form' | { readonly hidden: readonly number[]; readonly weights: TensorValue },
): NkPolicy {
  if (policy === 'closed-form') return closedFormPolicy(kit, PUBLISHED);
  const { hidden, weights } = policy;
  const slices = unflatten(tf.tensor1d(Float32Array.from(weights.data)), weightShapes(policyWidths(hidden)));
  return kit.policy(kit, slices, { hidden: [...hidden], ...PUBLISHED });
}

function named<Name extends string>(
  names: readonly Name[],
  tensors: readonly tf.Tensor[],
): Record<Name, tf.Tensor> {
  return Object.fromEntries(names.map((name, index) => [name, tensors[index]])) as Record<Name, tf.Tensor>;
}
