import type { BewleyEvaluationProgress } from '../../models/bewley/evaluation/index.ts';
import { evaluateBewley } from '../../models/bewley/evaluation/index.ts';
import type { BewleyConfiguration } from '../../models/bewley/index.ts';
import { bewleyTrainerKit, openPolicy, parseBewleyConfiguration } from '../../models/bewley/index.ts';
import { solveBewley } from '../../models/bewley/reference/index.ts';
import { table } from '../../reporting/table.ts';
import type { BewleyRun } from '../../training/index.ts';
import { trainBewley } from '../../training/index.ts';
import { bewleyQuantities } from './bewley-quantities.ts';
import type { TrainableModel } from './model.ts';

/** The Bewley economy. */
export const bewleyModel: TrainableModel<BewleyConfiguration, BewleyRun> = {
  name: 'bewley',
  parse: parseBewleyConfiguration,
  metric: 'loss/unweighted',
  quantities: bewleyQuantities,
  stepsOf: ({ steps }) => steps,
  logEveryOf: () => 100,
  partsOf: ({ bewley }) => bewley,
  train: (kit, training) => trainBewley({ ...training, kit: kit.bewley }),
  evaluate: async ({ configuration, run, seed, onProgress }) => {
    onProgress('solving for the reference');
    const reference = solveBewley(configuration);
    const { policy, dispose } = openPolicy(bewleyTrainerKit, run, configuration);
    try {
      const data = await evaluateBewley({
        kit: bewleyTrainerKit,
        configuration,
        policy,
        reference,
        seed,
        onProgress: (progress) => {
          onProgress(inWords(progress));
        },
      });
      return {
        data,
        terminal: table(
          Object.entries(data.quantities).map(([name, { mean, reference: right }]) => [
            name,
            mean.toPrecision(4),
            right === null ? '' : right.toPrecision(4),
          ]),
          '  ',
        ),
        draw: () => Promise.resolve(),
      };
    } finally {
      dispose();
    }
  },
};

const STAGES = {
  simulation: 'simulating, period',
  'euler-errors': 'Euler errors, draw',
  policies: 'policies by wealth, part',
} as const;

function inWords({ stage, done, total }: BewleyEvaluationProgress): string {
  return `${STAGES[stage]} ${done} of ${total}`;
}
