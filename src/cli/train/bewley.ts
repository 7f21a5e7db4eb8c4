import { InputError, SubjectError } from '../../errors.ts';
import type { BewleyConfiguration } from '../../models/bewley/index.ts';
import { bewleyTrainerKit, openPolicy, parseBewleyConfiguration } from '../../models/bewley/index.ts';
import type { BewleyEvaluation } from '../../models/bewley/evaluation/index.ts';
import { evaluateBewley } from '../../models/bewley/evaluation/index.ts';
import type { ReferenceSolution } from '../../models/bewley/reference/index.ts';
import { solveBewley } from '../../models/bewley/reference/index.ts';
import { bewleyEvaluationTerminal } from '../../reporting/bewley-evaluation-terminal.ts';
import { writeBewleyFigures } from '../../reporting/figures/index.ts';
import type { BewleyRun } from '../../training/index.ts';
import { trainBewley } from '../../training/index.ts';
import { bewleyQuantities } from './bewley-quantities.ts';
import type { Evaluation, RunToEvaluate, TrainableModel } from './model.ts';

/** The heterogeneous-agent economy. */
export const bewleyModel: TrainableModel<BewleyConfiguration, BewleyRun> = {
  name: 'bewley',
  unit: 'gradient steps',
  parse: parseBewleyConfiguration,
  metric: 'loss/unweighted',
  quantities: bewleyQuantities,
  stepsOf: ({ steps }) => steps,
  // Reading all that a row tells is a part of a step.
  logEveryOf: ({ steps }) => Math.min(100, Math.max(1, Math.floor(steps / 100))),
  partsOf: ({ bewley }) => bewley,
  train: (kit, training) => trainBewley({ ...training, kit: kit.bewley }),
  evaluate,
};

/** Against the reference solution, which takes seconds; without one, the log is all that is known. */
async function evaluate({
  configuration,
  run,
  seed,
  onProgress,
}: RunToEvaluate<BewleyConfiguration, BewleyRun>): Promise<Evaluation> {
  const reference = referenceOf(configuration, onProgress);
  if (typeof reference === 'string') {
    return {
      data: { withoutReference: reference },
      terminal: `There is no reference solution to hold the policy against:\n${reference}`,
      draw: drawing(),
    };
  }
  const figures = figuresOf(reference);
  const { policy, dispose } = openPolicy(bewleyTrainerKit, run, configuration);
  try {
    const judged = await evaluateBewley({
      kit: bewleyTrainerKit,
      configuration,
      policy,
      reference,
      seed,
      onProgress: ({ stage, done, total }) => {
        onProgress(`evaluation, ${stage.replace('-', ' ')}: ${done} of ${total}`);
      },
    });
    return {
      data: { reference: figures, ...judged },
      terminal: bewleyEvaluationTerminal(judged),
      draw: drawing(judged),
    };
  } catch (error) {
    if (!(error instanceof SubjectError)) throw error;
    // What the log tells can be held against the reference all the same.
    return {
      data: { reference: figures, notSimulated: error.message },
      terminal: `The policy could not be simulated:\n${error.message}`,
      failure: error.message,
      draw: drawing(),
    };
  } finally {
    dispose();
  }
}

/** The solution, or why there is none. */
function referenceOf(
  configuration: BewleyConfiguration,
  onProgress: (doing: string) => void,
): ReferenceSolution | string {
  try {
    return solveBewley(configuration, {
      onPrice: ({ prices, capitalLabor }) => {
        onProgress(`reference solution, price ${prices}: K/L ${capitalLabor.toFixed(4)}`);
      },
    });
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** Its numbers, without policies and types. */
function figuresOf(reference: ReferenceSolution): object {
  const large = ['policies', 'types', 'iterations', 'seconds'];
  return Object.fromEntries(Object.entries(reference).filter(([name]) => !large.includes(name)));
}

function drawing(evaluation?: BewleyEvaluation): Evaluation['draw'] {
  return ({ folder, rows }) => {
    writeBewleyFigures({ ...(evaluation === undefined ? {} : { evaluation }), log: rows, folder });
    return Promise.resolve();
  };
}
