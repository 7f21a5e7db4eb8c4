import * as tf from '@tensorflow/tfjs';
import type { OpenEngine } from '../engine/index.ts';
import { processMemory, settleMemory } from '../engine/index.ts';
import { InputError } from '../errors.ts';
import type { NkAdamWSettings, NkConfiguration } from '../models/nk/index.ts';
import { policyShapes } from '../models/nk/index.ts';
import { unflatten } from '../nn/index.ts';
import type { NkObservation, NkObserver } from '../training/index.ts';
import { recordReads, trainNk } from '../training/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { dampedStepOperation } from './damped-step.ts';
import type { Kit } from './kit.ts';
import { overlay } from '../models/overlay.ts';
import { nkInterrupted } from './nk-interrupted.ts';
import { stack } from './stack.ts';
import { download } from './transfer.ts';

type Settings = Readonly<Record<string, unknown>>;

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

/** The training loop of the New Keynesian model as operations: what a run did, kept and read. */
export function nkTraining(kit: Kit, engine: OpenEngine): readonly Implementation[] {
  const configured = (settings: Settings): NkConfiguration => kit.parseNk(overlay(SMALLEST, settings));
  const train = (settings: Settings, seed: number, steps: number, observe: NkObserver): Promise<void> =>
    run(kit, configured(settings), seed, steps, observe);

  return [
    implement(contract.trainingTrace, async ({ configuration, seed, steps }) => {
      const rows = { loss: [], gradient: [], firstMoment: [], secondMoment: [], weights: [] } as Record<
        Traced,
        TensorValue[]
      >;
      const rates: number[] = [];
      const dampings: number[] = [];
      await train(configuration, seed, steps, async (step) => {
        rows.loss.push(await download(step.total));
        if (step.learningRate !== undefined) rates.push(step.learningRate);
        if (step.damping !== undefined) dampings.push(step.damping);
        for (const name of ['gradient', 'firstMoment', 'secondMoment', 'weights'] as const)
          rows[name].push(await download(step[name]));
      });
      const { optimiser } = configured(configuration);
      return {
        loss: stack(rows.loss),
        gradient: stack(rows.gradient),
        firstMoment: stack(rows.firstMoment),
        secondMoment: stack(rows.secondMoment),
        weights: stack(rows.weights),
        ...(optimiser.rule === 'adamw'
          ? { adamW: { learningRate: doubles(rates), ...constantsOf(optimiser) } }
          : { damping: doubles(dampings) }),
      };
    }),
    implement(contract.nkTrace, async ({ configuration, seed, steps }) => {
      const rows: Record<'liveParameters' | 'liveState' | 'batchParameters' | 'batchState', TensorValue[]> = {
        liveParameters: [],
        liveState: [],
        batchParameters: [],
        batchState: [],
      };
      const iterations: number[] = [];
      await train(configuration, seed, steps, async ({ live, batch, iteration }) => {
        rows.liveParameters.push(await download(live.parameters));
        rows.liveState.push(await download(live.zeta));
        rows.batchParameters.push(await download(batch.parameters));
        rows.batchState.push(await download(batch.zeta));
        iterations.push(iteration);
      });
      return {
        liveParameters: stack(rows.liveParameters),
        liveState: stack(rows.liveState),
        batchParameters: stack(rows.batchParameters),
        batchState: stack(rows.batchState),
        iteration: { dtype: 'int32' as const, shape: [iterations.length], data: Int32Array.from(iterations) },
      };
    }),
    implement(contract.trainingMemory, async ({ configuration, seed, steps }) => {
      const tensors: number[] = [];
      const bytes: number[] = [];
      await train(configuration, seed, steps, ({ memory }) => {
        tensors.push(memory.tensors);
        bytes.push(memory.bytes);
      });
      return { tensors: doubles(tensors), tensorBytes: doubles(bytes) };
    }),
    implement(contract.trainingProcessMemory, async ({ configuration, seed, steps, every }) => {
      const resident: number[] = [];
      const accounted: number[] = [];
      await train(configuration, seed, steps, ({ step }) => {
        if ((step + 1) % every !== 0) return;
        settleMemory();
        const { rssBytes, heapBytes, externalBytes } = processMemory();
        resident.push(rssBytes);
        accounted.push(heapBytes + externalBytes);
      });
      return { residentBytes: doubles(resident), accountedBytes: doubles(accounted) };
    }),
    implement(contract.trainingConstants, async ({ configuration, seed }) => {
      const settings = configured(configuration);
      let answer = { constants: {} as Record<string, number>, weights: Number.NaN };
      await run(kit, settings, seed, 1, async (observation) => {
        answer = await gradientsInInputs(kit, settings, observation);
      });
      return answer;
    }),
    implement(contract.trainingKernels, async ({ configuration, seed, steps }) => {
      const before = engine.kernels.signatures();
      const movedBefore = engine.kernels.migrations();
      await train(configuration, seed, steps, () => undefined);
      const moved = Object.entries(engine.kernels.migrations()).map(
        ([path, count]) => [path, count - (movedBefore[path] ?? 0)] as const,
      );
      return { kernels: [...engine.kernels.signaturesSince(before)], moved: Object.fromEntries(moved) };
    }),
    implement(contract.trainingConfigure, async ({ configuration }) => {
      try {
        configured(configuration);
        return { accepted: true, message: '' };
      } catch (error) {
        if (error instanceof InputError) return { accepted: false, message: error.message };
        throw error;
      }
    }),
    implement(contract.trainingKeys, async ({ configuration, seed, steps }) => {
      const record = recordReads(configured(configuration));
      await run(kit, record.configuration, seed, steps, () => undefined);
      return { declared: [...record.declared], read: [...record.read()] };
    }),
    ...nkInterrupted(kit, engine, configured),
    dampedStepOperation(kit.nk),
    implement(contract.trainingLearningRate, async ({ initial, final, total, steps }) => {
      const optimiser = adamWOf(
        configured({ optimiser: { learningRate: initial, finalLearningRate: final } }),
      );
      return { rates: steps.map((step) => kit.nk.learningRate(step, total, optimiser)) };
    }),
  ];
}

function constantsOf({ beta1, beta2, epsilon, weightDecay }: NkAdamWSettings) {
  return { beta1, beta2, epsilon, weightDecay };
}

/** Schedules are those of AdamW. */
function adamWOf({ optimiser }: NkConfiguration): NkAdamWSettings {
  if (optimiser.rule === 'adamw') return optimiser;
  throw new InputError({
    code: 'operation-of-another-rule',
    what: 'this operation looks into AdamW',
    given: `optimiser.rule: ${optimiser.rule}`,
    expected: 'optimiser.rule: adamw',
  });
}

/** Rates, and counts and bytes, which are whole numbers beyond single precision. */
function doubles(values: readonly number[]): TensorValue {
  return { dtype: 'float64', shape: [values.length], data: Float64Array.from(values) };
}

type Traced = 'loss' | 'gradient' | 'firstMoment' | 'secondMoment' | 'weights';

/** Trains for so many gradient steps, on the schedule of the whole configuration. */
async function run(
  { nk }: Kit,
  configuration: NkConfiguration,
  seed: number,
  maximumSteps: number,
  onStep: NkObserver,
): Promise<void> {
  await trainNk({ kit: nk, configuration, seed, maximumSteps, onStep });
}

/** Largest absolute gradient of the training loss in what it was fed, and in the weights. */
async function gradientsInInputs(
  kit: Kit,
  configuration: NkConfiguration,
  { weights, batch, nodes, probabilities }: NkObservation,
): Promise<{ constants: Record<string, number>; weights: number }> {
  const shapes = policyShapes(kit.nk, configuration.network);
  const largest = tf.tidy(() => {
    const inputs = [tf.tensor1d(nodes), batch.zeta, batch.parameters, weights];
    const gradients = tf.grads(
      (shocks: tf.Tensor, state: tf.Tensor, parameters: tf.Tensor, flat: tf.Tensor) => {
        const points = kit.nk.lossPoints(kit.nk, {
          zeta: state,
          parameters: parameters as tf.Tensor2D,
          coefficients: kit.nk.coefficients(parameters as tf.Tensor2D),
          nodes: shocks as tf.Tensor1D,
          probabilities: tf.tensor1d(probabilities),
        });
        return kit.nk.loss(kit.nk, unflatten(flat as tf.Tensor1D, shapes), points, configuration).total;
      },
    )(inputs);
    return gradients.map((gradient) => tf.max(tf.abs(gradient)));
  });
  const [shocks = Number.NaN, state = Number.NaN, parameters = Number.NaN, inWeights = Number.NaN] =
    await Promise.all(largest.map(async (value) => (await value.data())[0] ?? Number.NaN));
  tf.dispose(largest);
  return { constants: { shocks, state, parameters }, weights: inWeights };
}
