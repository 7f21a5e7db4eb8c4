import * as tf from '@tensorflow/tfjs';
import type { Environment, ReturnScale } from '../models/ppo/index.ts';
import { openEnvironment, ppoShapes, valueHeadOf } from '../models/ppo/index.ts';
import { unflatten } from '../nn/flat.ts';
import { streamOf } from '../numerics/stream.ts';
import type { PpoLogRow, PpoUpdate } from '../training/ppo/index.ts';
import { trainPpo } from '../training/ppo/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { InputOf, OutputOf } from '../verification/operation.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { float32 } from '../verification/tensor-value.ts';
import type { Kit } from './kit.ts';
import { tabular } from './tabular.ts';
import { evaluate, uploadMatrix } from './transfer.ts';

type Update = OutputOf<typeof contract.ppoTraining>['updates'][number];

/** The training loop of PPO, its networks and its environments, as operations. */
export function ppoTraining(kit: Kit): readonly Implementation[] {
  const { ppo } = kit;
  return [
    implement(contract.ppoTraining, async ({ configuration, table, weights, seed, updates }) => {
      const settings = kit.parsePpo(configuration);
      const environment =
        table === null ? await openEnvironment(ppo, settings.environment, settings.discount) : tabular(table);
      const [seen, rows, log]: [PpoUpdate[], Int32Array[][], PpoLogRow[]] = [[], [], []];
      await trainPpo({
        kit: { ...ppo, initialWeights: () => Float32Array.from(weights.data) },
        configuration: settings,
        environment,
        seed,
        maximumSteps: updates * settings.environments * settings.rollout,
        onGradientStep: (step) => {
          (rows[seen.length] ??= []).push(Int32Array.from(step.rows));
        },
        onUpdate: (update) => {
          seen.push(update);
        },
        onLog: (row) => {
          log.push(row);
        },
      });
      return {
        updates: seen.map((update, index) => ({
          rollout: rolloutOf(update, settings),
          steps: stepsOf(update, rows[index] ?? []),
          log: { ...log[index] },
        })),
      };
    }),
    implement(contract.ppoRescale, ({ network: given, weights, observations, before, after }) => {
      const { hidden, shared, ...rest } = given;
      const sizes = { ...rest, observations: observations.shape[1] ?? 0 };
      const network = { hidden, shared };
      const flat = Float32Array.from(weights.data);
      const head = valueHeadOf(sizes, network);
      const rescaled = ppo.rescaleHead(flat, head, scaleOf(before), scaleOf(after));
      return evaluate(() => {
        const seen = uploadMatrix(observations);
        const valuesAt = (at: Float32Array): tf.Tensor =>
          ppo.network(unflatten(tf.tensor1d(at), ppoShapes(sizes, network)), seen, sizes, network).values;
        return { before: valuesAt(flat), after: valuesAt(rescaled) };
      });
    }),
    implement(contract.ppoEpisode, async ({ environment: settings, discount, shaping, actions, seed }) => {
      const { environment: parsed } = kit.parsePpo({ environment: settings });
      const environment = ppo.withShaping(ppo, await openEnvironment(ppo, parsed, discount), {
        weight: shaping,
        discount,
      });
      return episode(environment, actions, seed);
    }),
  ];
}

function rolloutOf(
  { rollout }: PpoUpdate,
  { rollout: steps, environments }: { readonly rollout: number; readonly environments: number },
): Update['rollout'] {
  const samples = steps * environments;
  const rows = (data: Float32Array): TensorValue => float32([samples, data.length / samples], data);
  const flags = (data: Uint8Array): TensorValue => ({ dtype: 'bool', shape: [steps, environments], data });
  return {
    observations: rows(rollout.observations),
    actions: rows(rollout.actions),
    executed: rows(rollout.executed),
    logProbabilities: float32([samples], rollout.logProbabilities),
    values: rows(rollout.values),
    nextValues: rows(rollout.nextValues),
    rewards: rows(rollout.rewards),
    terminated: flags(rollout.terminated),
    truncated: flags(rollout.truncated),
  };
}

function stepsOf({ epochs }: PpoUpdate, rows: readonly Int32Array[]): Update['steps'] {
  return epochs
    .flatMap((steps, epoch) => steps.map((numbers) => ({ epoch, numbers })))
    .map(({ epoch, numbers }, index) => {
      const { ratioDeviation, k1, k3, clipFraction, divergence } = numbers;
      const chosen = rows[index] ?? new Int32Array(0);
      return {
        epoch,
        rows: { dtype: 'int32', shape: [chosen.length], data: chosen },
        ...{ ratioDeviation, k1, k3, clipFraction, divergence },
      };
    });
}

function scaleOf({ mean, deviation }: InputOf<typeof contract.ppoRescale>['before']): ReturnScale {
  return { mean: Float64Array.from(mean.data), deviation: Float64Array.from(deviation.data) };
}

/** Takes actions in turn, up to the one that ends the task. */
function episode(
  environment: Environment,
  { shape: [count = 0, width = 0], data }: TensorValue,
  seed: number,
): OutputOf<typeof contract.ppoEpisode> {
  const random = streamOf(seed);
  const { stateSize, rewards: components } = environment;
  const state = new Float32Array(stateSize);
  const [states, rewards, terminated]: [Float32Array[], Float32Array[], number[]] = [[], [], []];
  environment.reset(state, random);
  states.push(state.slice());
  for (let step = 0; step < count && terminated.at(-1) !== 1; step += 1) {
    const paid = new Float32Array(components.length);
    const action = Float32Array.from(data.slice(step * width, (step + 1) * width));
    terminated.push(Number(environment.step(state, action, paid, random)));
    states.push(state.slice());
    rewards.push(paid);
  }
  const potentials = Float64Array.from(states, (one) => environment.potential?.(one) ?? 0);
  const steps = rewards.length;
  return {
    states: float32([steps + 1, stateSize], joined(states)),
    potentials: { dtype: 'float64', shape: [steps + 1], data: potentials },
    rewards: float32([steps, components.length], joined(rewards)),
    terminated: { dtype: 'bool', shape: [steps], data: Uint8Array.from(terminated) },
  };
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.reduce((length, row) => length + row.length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}
