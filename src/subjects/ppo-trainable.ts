import * as tf from '@tensorflow/tfjs';
import { overlay } from '../models/overlay.ts';
import type { PpoConfiguration, PpoKit } from '../models/ppo/index.ts';
import { openEnvironment, samplesOf } from '../models/ppo/index.ts';
import type { PpoLogRow, PpoTraining } from '../training/index.ts';
import { recordReads, trainPpo } from '../training/index.ts';
import { injected } from './injected.ts';
import type { Kit } from './kit.ts';
import type { FailingStep, LoggedLosses, Settings, Trainable, TrainableRun } from './trainable.ts';

/**
 * The smallest configuration that has everything: several components of the reward, statistics of observations and
 * returns, episodes that are cut off. One epoch of one minibatch: an update is a gradient step.
 */
const SMALLEST: Settings = {
  environment: { name: 'durotaxis', timeLimit: 4 },
  environments: 2,
  rollout: 3,
  epochs: 1,
  minibatch: 6,
  steps: 6 * 200,
  network: { hidden: [3] },
  observations: { normalisation: 'running' },
  returns: { normalisation: 'popart' },
  // The widest schedule: laws see rates that differ from step to step.
  optimiser: { learningRate: 1e-2, finalLearningRate: 1e-5 },
};

/** The smallest configuration of the PPO trainer with settings over it. */
export function ppoConfigured({ parsePpo }: Kit, settings: Settings): PpoConfiguration {
  return parsePpo(overlay(SMALLEST, settings));
}

/** The training loop of PPO, on configurations in which an update is one gradient step. */
export function ppoTrainable(ppo: PpoKit, configuration: PpoConfiguration): Trainable {
  const { optimiser } = configuration;
  return {
    train: async (run, failing) => {
      const kit = failing === undefined ? ppo : failingKit(ppo, failing);
      const environment = await openEnvironment(kit, configuration.environment, configuration.discount);
      await trainPpo({ ...trainingOf(run, samplesOf(configuration)), kit, configuration, environment });
    },
    get adamW() {
      const { beta1, beta2, epsilon } = optimiser;
      return { beta1, beta2, epsilon, weightDecay: 0 };
    },
    recordingReads: () => {
      const record = recordReads(configuration);
      return { ...record, trainable: ppoTrainable(ppo, record.configuration) };
    },
  };
}

/** Steps of the trainer are those of environments: so many samples a gradient step. */
function trainingOf(
  { maximumSteps, onStep, onLog, ...run }: TrainableRun,
  samples: number,
): Omit<PpoTraining, 'kit' | 'configuration' | 'environment'> {
  return {
    ...run,
    maximumSteps: maximumSteps * samples,
    ...(onStep === undefined
      ? {}
      : { onGradientStep: (made) => onStep({ ...made, step: made.step / samples }) }),
    ...(onLog === undefined
      ? {}
      : {
          onLog: (row) => {
            onLog(lossesOf(row));
          },
        }),
  };
}

function lossesOf(row: PpoLogRow): LoggedLosses {
  const of = (name: string): number => row[name] ?? Number.NaN;
  return {
    total: of('losses/total'),
    parts: {
      policy: of('losses/policy_loss'),
      entropy: of('losses/entropy_term'),
      value: of('losses/value_loss'),
    },
    unweighted: of('losses/unweighted'),
  };
}

/** A kit in which one gradient step goes wrong, once. Every update asks for its rate before it does anything. */
function failingKit(ppo: PpoKit, { at, failure }: FailingStep): PpoKit {
  let begun = 0;
  const factor = failure === 'infinity' ? Infinity : Number.NaN;
  return {
    ...ppo,
    learningRate: (...args) => {
      begun += 1;
      return ppo.learningRate(...args);
    },
    clipGradient: (...args) => {
      if (failure === 'exception' && begun === at + 1) throw injected(at);
      return ppo.clipGradient(...args);
    },
    withEntropy: (...args) => {
      const loss = ppo.withEntropy(...args);
      return failure === 'exception' || begun !== at + 1 ? loss : tf.mul(loss, factor);
    },
  };
}
