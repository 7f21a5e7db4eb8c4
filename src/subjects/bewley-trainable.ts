import * as tf from '@tensorflow/tfjs';
import type { BewleyConfiguration, BewleyTrainerKit } from '../models/bewley/index.ts';
import { trainingLoss } from '../models/bewley/index.ts';
import { overlay } from '../models/overlay.ts';
import type {
  BewleyGradientInputs,
  BewleyLogRow,
  BewleyObservation,
  BewleyTraining,
} from '../training/index.ts';
import { batchTensors, lossPoints, recordReads, trainBewley } from '../training/index.ts';
import { injected } from './injected.ts';
import type { Kit } from './kit.ts';
import { largestGradients } from './largest-gradients.ts';
import type { FailingStep, LargestGradients, Settings, Trainable, TrainableRun } from './trainable.ts';

/** The smallest configuration that has everything, stars included: what laws train when they leave settings open. */
const SMALLEST: Settings = {
  preferences: { theta: 1, gamma: 2, beta: 0.96 },
  taxes: { consumption: 0, income: { tau: 0, xi: 0 }, wealth: { tau: 0, xi: 0 } },
  // So many stars that runs of a few steps have some, and lose some.
  ability: { rho: 0.9, sigma: 0.1, median: 1, star: { become: 0.1, stay: 0.7, multiplier: 3 } },
  initial: { wealth: { rule: 'lognormal', mean: 5.8, variation: 0.5 } },
  network: { features: 3, hidden: 5, blocks: 1, head: 3 },
  normaliser: { momentum: 0.9, warmUp: 2 },
  batch: { worlds: 2, agents: 5 },
  heldOut: { every: 0 },
  redraw: { unit: 'agents', share: 0.3, finalShare: 0.1 },
  // The widest schedule: laws see rates that differ from step to step.
  optimiser: { learningRate: 1e-2, finalLearningRate: 1e-5 },
  steps: 200,
};

/** The smallest configuration of the Bewley economy with settings over it. */
export function bewleyConfigured({ parseBewley }: Kit, settings: Settings): BewleyConfiguration {
  return parseBewley(overlay(SMALLEST, settings));
}

/** The training loop of the Bewley economy. */
export function bewleyTrainable(bewley: BewleyTrainerKit, configuration: BewleyConfiguration): Trainable {
  const { optimiser } = configuration;
  return {
    train: async (run, failing) => {
      await trainBewley({
        ...trainingOf(run),
        kit: failing === undefined ? bewley : failingKit(bewley, failing),
        configuration,
      });
    },
    get adamW() {
      const { beta1, beta2, epsilon, weightDecay } = optimiser;
      return { beta1, beta2, epsilon, weightDecay };
    },
    gradients: async (seed) => {
      let answer = { constants: {}, weights: Number.NaN };
      await trainBewley({
        kit: bewley,
        configuration,
        seed,
        maximumSteps: 1,
        onStep: async (observation) => {
          answer = await gradientsInInputs(bewley, configuration, observation);
        },
      });
      return answer;
    },
    recordingReads: () => {
      const record = recordReads(configuration);
      return { ...record, trainable: bewleyTrainable(bewley, record.configuration) };
    },
  };
}

function trainingOf({ onLog, ...run }: TrainableRun): Omit<BewleyTraining, 'kit' | 'configuration'> {
  return {
    ...run,
    // Rows are when held-out worlds are looked at.
    logEvery: 1,
    ...(onLog === undefined
      ? {}
      : {
          onLog: (row) => {
            onLog(lossesOf(row));
          },
        }),
  };
}

function lossesOf(row: BewleyLogRow): Parameters<NonNullable<TrainableRun['onLog']>>[0] {
  const of = (name: string): number => row[`loss/${name}`] ?? Number.NaN;
  return {
    total: of('total'),
    parts: { complementarity: of('fb'), euler: of('aux_mu'), labor: of('labor_foc') },
    unweighted: of('unweighted'),
  };
}

/** A kit in which one gradient step goes wrong, once. Every step asks for its rate before it takes a loss. */
function failingKit(bewley: BewleyTrainerKit, { at, failure }: FailingStep): BewleyTrainerKit {
  let begun = 0;
  const factor = failure === 'infinity' ? Infinity : Number.NaN;
  return {
    ...bewley,
    learningRate: (...args) => {
      begun += 1;
      if (failure === 'exception' && begun === at + 1) throw injected(at);
      return bewley.learningRate(...args);
    },
    loss: (...args) => {
      const loss = bewley.loss(...args);
      if (failure === 'exception' || begun !== at + 1) return loss;
      return { ...loss, total: tf.mul(loss.total, factor) };
    },
  };
}

/** Largest absolute gradient of the training loss in what it was fed, and in the weights. */
async function gradientsInInputs(
  bewley: BewleyTrainerKit,
  configuration: BewleyConfiguration,
  { weights, batch, statistics: { mean, variance } }: BewleyObservation,
): Promise<LargestGradients> {
  const { worlds, agents } = configuration.batch;
  const tensors = batchTensors(batch, { first: 0, count: worlds, agents });
  const fed: Omit<BewleyGradientInputs, 'weights'> = { ...tensors, mean, variance };
  const answer = await largestGradients(
    weights,
    fed,
    (flat, data) => trainingLoss(bewley, flat, lossPoints(data as typeof fed), configuration).loss.total,
  );
  tf.dispose(Object.values(tensors));
  return answer;
}
