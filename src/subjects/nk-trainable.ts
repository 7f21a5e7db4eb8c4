import * as tf from '@tensorflow/tfjs';
import type { NkConfiguration, NkKit } from '../models/nk/index.ts';
import { policyShapes } from '../models/nk/index.ts';
import { overlay } from '../models/overlay.ts';
import { unflatten } from '../nn/index.ts';
import type { NkObservation, NkTraining } from '../training/index.ts';
import { recordReads, trainNk } from '../training/index.ts';
import { injected } from './injected.ts';
import type { Kit } from './kit.ts';
import { largestGradients } from './largest-gradients.ts';
import type { FailingStep, LargestGradients, Settings, Trainable, TrainableRun } from './trainable.ts';

/** The smallest configuration that has everything: what laws train when they leave settings open. */
const SMALLEST: Settings = {
  batch: 7,
  network: { hidden: [5] },
  loss: { reduction: 'mean' },
  expectation: { rule: 'gauss-hermite', nodes: 3 },
  procedure: { state: 'ergodic', gradientSteps: 1, stateSteps: 1, redrawEvery: 1 },
  // The widest schedule: laws see rates that differ from step to step.
  optimiser: { learningRate: 1e-2, finalLearningRate: 1e-5 },
  iterations: 200,
};

/** The smallest configuration of the New Keynesian model with settings over it. */
export function nkConfigured({ parseNk }: Kit, settings: Settings): NkConfiguration {
  return parseNk(overlay(SMALLEST, settings));
}

/** The training loop of the New Keynesian model. */
export function nkTrainable(nk: NkKit, configuration: NkConfiguration): Trainable {
  const { optimiser } = configuration;
  return {
    train: async (run, failing) => {
      await trainNk({
        ...trainingOf(run),
        kit: failing === undefined ? nk : failingKit(nk, failing),
        configuration,
      });
    },
    get adamW() {
      if (optimiser.rule !== 'adamw') return undefined;
      const { beta1, beta2, epsilon, weightDecay } = optimiser;
      return { beta1, beta2, epsilon, weightDecay };
    },
    gradients: async (seed) => {
      let answer = { constants: {}, weights: Number.NaN };
      await trainNk({
        kit: nk,
        configuration,
        seed,
        maximumSteps: 1,
        onStep: async (observation) => {
          answer = await gradientsInInputs(nk, configuration, observation);
        },
      });
      return answer;
    },
    recordingReads: () => {
      const record = recordReads(configuration);
      return { ...record, trainable: nkTrainable(nk, record.configuration) };
    },
  };
}

function trainingOf({ onLog, ...run }: TrainableRun): Omit<NkTraining, 'kit' | 'configuration'> {
  return {
    ...run,
    ...(onLog === undefined
      ? {}
      : {
          logEvery: 1,
          onLog: ({ total, is, phillips, unweighted }) => {
            onLog({ total, parts: { is, phillips }, unweighted });
          },
        }),
  };
}

/** A kit in which one gradient step goes wrong, once. */
function failingKit(nk: NkKit, { at, failure }: FailingStep): NkKit {
  let steps = 0;
  const isTime = (): boolean => steps++ === at;
  if (failure === 'exception') {
    return {
      ...nk,
      assembleBatch: (world) => {
        if (!isTime()) return nk.assembleBatch(world);
        throw injected(at);
      },
    };
  }
  const factor = failure === 'infinity' ? Infinity : Number.NaN;
  return {
    ...nk,
    combine: (residuals, settings) => {
      const loss = nk.combine(residuals, settings);
      return isTime() ? { ...loss, total: tf.mul(loss.total, factor) } : loss;
    },
  };
}

/** Largest absolute gradient of the training loss in what it was fed, and in the weights. */
async function gradientsInInputs(
  nk: NkKit,
  configuration: NkConfiguration,
  { weights, batch, nodes, probabilities }: NkObservation,
): Promise<LargestGradients> {
  const shapes = policyShapes(nk, configuration.network);
  const shocks = tf.tensor1d(nodes);
  const data = { shocks, state: batch.zeta, parameters: batch.parameters };
  const answer = await largestGradients(weights, data, (flat, fed) => {
    const parameters = fed.parameters as tf.Tensor2D;
    const points = nk.lossPoints(nk, {
      zeta: fed.state,
      parameters,
      coefficients: nk.coefficients(parameters),
      nodes: fed.shocks as tf.Tensor1D,
      probabilities: tf.tensor1d(probabilities),
    });
    return nk.loss(nk, unflatten(flat, shapes), points, configuration).total;
  });
  shocks.dispose();
  return answer;
}
