import type { PpoEvaluation } from '../../models/ppo/evaluation/index.ts';
import { evaluatePpo } from '../../models/ppo/evaluation/index.ts';
import type { PpoConfiguration } from '../../models/ppo/index.ts';
import {
  openEnvironment,
  parsePpoConfiguration,
  ppoKit,
  samplesOf,
  updatesOf,
} from '../../models/ppo/index.ts';
import { writePpoFigures } from '../../reporting/figures/index.ts';
import { ppoEvaluationTerminal } from '../../reporting/ppo-evaluation-terminal.ts';
import type { PpoRun } from '../../training/index.ts';
import { trainPpo } from '../../training/index.ts';
import type { TrainableModel } from './model.ts';
import { ppoQuantities } from './ppo-quantities.ts';

/** An agent in an environment. */
export const ppoModel: TrainableModel<PpoConfiguration, PpoRun> = {
  name: 'ppo',
  unit: 'environment steps',
  parse: parsePpoConfiguration,
  // CleanRL's name; without weights.
  metric: 'losses/value_loss',
  quantities: ppoQuantities,
  stepsOf: (configuration) => updatesOf(configuration) * samplesOf(configuration),
  logEveryOf: samplesOf,
  stepsTogetherOf: samplesOf,
  partsOf: ({ ppo }) => ppo,
  prepare: async ({ environment, discount }) => {
    await openEnvironment(ppoKit, environment, discount);
  },
  train: async (kit, { onStep, ...training }) =>
    trainPpo({
      ...training,
      kit: kit.ppo,
      environment: await openEnvironment(
        kit.ppo,
        training.configuration.environment,
        training.configuration.discount,
      ),
      onUpdate: ({ step }) => {
        onStep({ step: step + samplesOf(training.configuration) - 1 });
      },
    }),
  evaluate: async ({ configuration, run, seed, onProgress }) => {
    onProgress('evaluation: playing episodes');
    const { weights, observationMoments, returnMoments } = run;
    const environment = await openEnvironment(ppoKit, configuration.environment, configuration.discount);
    const evaluation: PpoEvaluation = await evaluatePpo({
      kit: ppoKit,
      configuration,
      environment,
      weights,
      observationMoments,
      returnMoments,
      seed,
    });
    return {
      data: evaluation,
      terminal: ppoEvaluationTerminal(evaluation),
      draw: ({ folder, rows }) => {
        const { discount, shaping: weight } = configuration;
        const { rewards } = ppoKit.withShaping(ppoKit, environment, { weight, discount });
        const { observations, actions } = environment;
        const { optimum } = evaluation;
        writePpoFigures({
          log: rows,
          rewards,
          observation: observations[0] ?? '',
          ...(optimum === undefined || actions.kind === 'discrete' ? {} : { optimum }),
          folder,
        });
        return Promise.resolve();
      },
    };
  },
};
