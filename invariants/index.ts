import type { Kit } from '../src/subjects/kit.ts';
import type { Fault } from '../src/verification/fault.ts';
import type { Law } from '../src/verification/law.ts';
import { complementarity } from './bewley/complementarity.ts';
import { controls } from './bewley/controls.ts';
import { domain } from './bewley/domain.ts';
import { bewleyEconomicsLaws } from './bewley/economics.ts';
import { bewleyEconomicsFaults } from './bewley/faults/economics.ts';
import { bewleyResidualFaults } from './bewley/faults/residuals.ts';
import { loss } from './bewley/loss.ts';
import { documentedEconomy } from './bewley/oracle/expressions.ts';
import { committedState, observation } from './bewley/period-boundary.ts';
import { draws } from './engine/draws.ts';
import { engineFaults } from './engine/faults/engine.ts';
import { memory } from './engine/memory.ts';
import { primitives, products } from './engine/primitives.ts';
import { specialValues } from './engine/special-values.ts';
import { antithetic } from './nk/antithetic.ts';
import { closedForm } from './nk/closed-form.ts';
import { coefficients } from './nk/coefficients.ts';
import { equationWeights } from './nk/equation-weights.ts';
import { ergodicMoments } from './nk/ergodic-moments.ts';
import { evaluationDomain } from './nk/evaluation-domain.ts';
import { economicsFaults } from './nk/faults/economics.ts';
import { loopFaults } from './nk/faults/loop.ts';
import { independence } from './nk/independence.ts';
import { currentBatch, persistence, redrawInterval } from './nk/loop.ts';
import { network } from './nk/network.ts';
import { residualGradients, residuals } from './nk/residuals.ts';
import { shapes } from './nk/shapes.ts';
import { transition } from './nk/transition.ts';
import { keysRead, refusesBadKeys } from './training/configuration.ts';
import { constants } from './training/constants.ts';
import { failure } from './training/failure.ts';
import { interruptionFaults } from './training/faults/interruption.ts';
import { trainingFaults } from './training/faults/loop.ts';
import { memoryFaults } from './training/faults/memory.ts';
import { dtypes, engineOfKernels } from './training/kernels.ts';
import { learningRate } from './training/learning-rate.ts';
import { nativeMemory } from './training/native-memory.ts';
import { optimiserMoments } from './training/optimiser-moments.ts';
import { resume } from './training/resume.ts';
import { seedLaw } from './training/seed.ts';
import { tensors } from './training/tensors.ts';
import { unweightedLoss } from './training/unweighted-loss.ts';

export type { BewleyExpressions } from './bewley/oracle/expressions.ts';
export { bewleyEconomicsLaws, documentedEconomy };

/** Every law, in the order in which a gate judges them: what the others rest on comes first. */
export const LAWS: readonly Law[] = [
  primitives,
  products,
  specialValues,
  draws,
  memory,
  coefficients,
  residuals,
  residualGradients,
  closedForm,
  transition,
  ergodicMoments,
  shapes,
  independence,
  antithetic,
  equationWeights,
  evaluationDomain,
  network,
  currentBatch,
  redrawInterval,
  persistence,
  ...bewleyEconomicsLaws(documentedEconomy),
  complementarity,
  controls,
  loss,
  domain,
  committedState,
  observation,
  learningRate,
  optimiserMoments,
  constants,
  engineOfKernels,
  dtypes,
  seedLaw,
  resume,
  failure,
  unweightedLoss,
  keysRead,
  refusesBadKeys,
  tensors,
  nativeMemory,
];

/** Every fault of the kill matrix. */
export const FAULTS: readonly Fault<Kit>[] = [
  ...engineFaults,
  ...economicsFaults,
  ...loopFaults,
  ...bewleyEconomicsFaults,
  ...bewleyResidualFaults,
  ...trainingFaults,
  ...interruptionFaults,
  ...memoryFaults,
];
