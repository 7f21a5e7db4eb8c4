import type { Kit } from '../src/subjects/kit.ts';
import type { Fault } from '../src/verification/fault.ts';
import type { Law } from '../src/verification/law.ts';
import { accumulation } from './bewley/accumulation.ts';
import { agentOrder } from './bewley/agent-order.ts';
import { evaluationMode } from './bewley/evaluation-mode.ts';
import { network as bewleyNetwork } from './bewley/network.ts';
import { residualDeterminism } from './bewley/residual-determinism.ts';
import { abilityBounds, abilityLongRun } from './bewley/ability-bounds.ts';
import { abilityBranches } from './bewley/ability-branches.ts';
import { abilityInnovations } from './bewley/ability-innovations.ts';
import { abilityForgetting, abilityStationary } from './bewley/ability-stationary.ts';
import { abilityTransition } from './bewley/ability-transition.ts';
import { abilityFaults } from './bewley/faults/ability.ts';
import { initialAbility, initialWealth } from './bewley/initial.ts';
import { starChain } from './bewley/star-chain.ts';
import { starLeaving } from './bewley/star-leaving.ts';
import { trainedCapital } from './bewley/trained-capital.ts';
import { bewleyTrainedFaults } from './bewley/faults/trained.ts';
import { starLevel } from './bewley/star-level.ts';
import { complementarity } from './bewley/complementarity.ts';
import { controls } from './bewley/controls.ts';
import { domain } from './bewley/domain.ts';
import { bewleyEconomicsLaws } from './bewley/economics.ts';
import { bewleyEconomicsFaults } from './bewley/faults/economics.ts';
import { bewleyLoopFaults } from './bewley/faults/loop.ts';
import { bewleyMemoryFaults } from './bewley/faults/memory.ts';
import { bewleyNetworkFaults } from './bewley/faults/network.ts';
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
import { equilibriumLoss } from './nk/equilibrium-loss.ts';
import { ergodicMoments } from './nk/ergodic-moments.ts';
import { evaluationDomain } from './nk/evaluation-domain.ts';
import { economicsFaults } from './nk/faults/economics.ts';
import { linearisationFaults } from './nk/faults/linearisation.ts';
import { loopFaults } from './nk/faults/loop.ts';
import { independence } from './nk/independence.ts';
import { jacobian } from './nk/jacobian.ts';
import { currentBatch, persistence, redrawInterval } from './nk/loop.ts';
import { network } from './nk/network.ts';
import { residualGradients, residuals } from './nk/residuals.ts';
import { shapes } from './nk/shapes.ts';
import { transition } from './nk/transition.ts';
import { adapts } from './normaliser/adapts.ts';
import { bounded } from './normaliser/bounded.ts';
import { cancellation } from './normaliser/cancellation.ts';
import { constantBatch } from './normaliser/constant-batch.ts';
import { dtype } from './normaliser/dtype.ts';
import { statisticsFaults } from './normaliser/faults/statistics.ts';
import { transformationFaults } from './normaliser/faults/transformation.ts';
import { gradient } from './normaliser/gradient.ts';
import { empty, noUpdate } from './normaliser/no-update.ts';
import { nonFinite } from './normaliser/non-finite.ts';
import { output } from './normaliser/output.ts';
import { pooledDeviation } from './normaliser/pooled-deviation.ts';
import { recursion } from './normaliser/recursion.ts';
import { saveLoad } from './normaliser/save-load.ts';
import { stationary } from './normaliser/stationary.ts';
import { tensors as normaliserTensors } from './normaliser/tensors.ts';
import { updateWeight } from './normaliser/update-weight.ts';
import { ppoFaults } from './ppo/faults/index.ts';
import { ppoLaws } from './ppo/laws.ts';
import { keysRead, refusesBadKeys } from './training/configuration.ts';
import { constants } from './training/constants.ts';
import { dampedStep } from './training/damped-step.ts';
import { failure } from './training/failure.ts';
import { dampingFaults } from './training/faults/damping.ts';
import { interruptionFaults } from './training/faults/interruption.ts';
import { trainingFaults } from './training/faults/loop.ts';
import { memoryFaults } from './training/faults/memory.ts';
import { optimiserFaults } from './training/faults/optimiser.ts';
import { ppoTrainingFaults } from './training/faults/ppo.ts';
import { dtypes, engineOfKernels } from './training/kernels.ts';
import { learningRate } from './training/learning-rate.ts';
import { bewleyNativeMemory, nativeMemory } from './training/native-memory.ts';
import { optimiserMoments } from './training/optimiser-moments.ts';
import { optimiserStep } from './training/optimiser-step.ts';
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
  equilibriumLoss,
  independence,
  antithetic,
  equationWeights,
  evaluationDomain,
  network,
  jacobian,
  recursion,
  updateWeight,
  output,
  bounded,
  cancellation,
  constantBatch,
  adapts,
  stationary,
  pooledDeviation,
  gradient,
  dtype,
  nonFinite,
  noUpdate,
  empty,
  saveLoad,
  normaliserTensors,
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
  bewleyNetwork,
  agentOrder,
  residualDeterminism,
  accumulation,
  evaluationMode,
  learningRate,
  optimiserMoments,
  optimiserStep,
  dampedStep,
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
  bewleyNativeMemory,
  abilityTransition,
  abilityInnovations,
  abilityBranches,
  starChain,
  starLevel,
  starLeaving,
  abilityBounds,
  abilityLongRun,
  abilityStationary,
  abilityForgetting,
  initialAbility,
  initialWealth,
  trainedCapital,
  ...ppoLaws,
];

/** Every fault of the kill matrix. */
export const FAULTS: readonly Fault<Kit>[] = [
  ...engineFaults,
  ...economicsFaults,
  ...linearisationFaults,
  ...loopFaults,
  ...statisticsFaults,
  ...transformationFaults,
  ...bewleyEconomicsFaults,
  ...bewleyResidualFaults,
  ...trainingFaults,
  ...optimiserFaults,
  ...ppoTrainingFaults,
  ...dampingFaults,
  ...interruptionFaults,
  ...memoryFaults,
  ...bewleyLoopFaults,
  ...bewleyMemoryFaults,
  ...bewleyNetworkFaults,
  ...abilityFaults,
  ...bewleyTrainedFaults,
  ...ppoFaults,
];
