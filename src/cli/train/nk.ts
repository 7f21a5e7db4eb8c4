import type { NkConfiguration } from '../../models/nk/index.ts';
import { evaluateNk, nkKit, parseNkConfiguration, policyCurves } from '../../models/nk/index.ts';
import type { NkLossRow } from '../../reporting/figures/index.ts';
import { writeNkFigures } from '../../reporting/figures/index.ts';
import { nkEvaluationTerminal } from '../../reporting/nk-evaluation-terminal.ts';
import { trainNk } from '../../training/index.ts';
import type { MetricsRow } from '../../training/run-directory/index.ts';
import type { TrainableModel } from './model.ts';
import { nkQuantities } from './nk-quantities.ts';

/** The New Keynesian model. */
export const nkModel: TrainableModel<NkConfiguration> = {
  name: 'nk',
  unit: 'gradient steps',
  parse: parseNkConfiguration,
  stepsOf: ({ iterations, procedure }) => iterations * procedure.gradientSteps,
  // Second-order runs have 50 to 240 steps, each of which is worth a row.
  logEveryOf: ({ optimiser }) => (optimiser.rule === 'levenberg-marquardt' ? 1 : 100),
  metric: 'unweighted',
  quantities: nkQuantities,
  partsOf: ({ nk }) => nk,
  train: (kit, training) =>
    trainNk({
      ...training,
      kit: kit.nk,
      onLog: (row) => {
        training.onLog({ ...row });
      },
    }),
  evaluate: async ({ configuration, run: { weights }, seed }) => {
    const policy = { kit: nkKit, configuration, weights };
    const data = await evaluateNk({ ...policy, seed, states: absoluteStates(configuration) });
    return {
      data,
      terminal: nkEvaluationTerminal(data),
      draw: async ({ folder, rows }) => {
        writeNkFigures({ curves: await policyCurves(policy), log: rows.map(lossRow), folder });
      },
    };
  },
};

/** Where states are sampled absolutely, accuracy is asked for at the ends and half-way. */
function absoluteStates({ procedure, sampling: { unit, bound } }: NkConfiguration): readonly number[] {
  const isAbsolute = procedure.state === 'uniform' && unit === 'absolute';
  return isAbsolute ? [-bound, -bound / 2, bound / 2, bound] : [];
}

function lossRow({ step, total = NaN, is = NaN, phillips = NaN, ...row }: MetricsRow): NkLossRow {
  const { learningRate = NaN, damping = NaN } = row;
  return { step, total, is, phillips, learningRate, damping };
}
