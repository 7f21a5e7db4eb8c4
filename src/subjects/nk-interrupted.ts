import * as tf from '@tensorflow/tfjs';
import type { OpenEngine } from '../engine/index.ts';
import { SubjectError } from '../errors.ts';
import type { NkConfiguration, NkKit } from '../models/nk/index.ts';
import type { SavedState } from '../models/saved-state.ts';
import type { NkLogRow } from '../training/index.ts';
import { trainNk } from '../training/index.ts';
import { decodeCheckpoint, encodeCheckpoint, identityVersions } from '../training/run-directory/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { InputOf } from '../verification/operation.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import type { Kit } from './kit.ts';
import { stack } from './stack.ts';
import { download } from './transfer.ts';

type Settings = Readonly<Record<string, unknown>>;
type Failure = InputOf<typeof contract.trainingFailure>['failure'];

/** What becomes of a training run that is saved, fails, or is read from its log alone, as operations. */
export function nkInterrupted(
  { nk }: Kit,
  engine: OpenEngine,
  configured: (settings: Settings) => NkConfiguration,
): readonly Implementation[] {
  return [
    implement(contract.trainingResume, async ({ configuration, seed, steps, at }) => {
      const training = { kit: nk, configuration: configured(configuration), seed };
      let saved: SavedState | undefined;
      const onCheckpoint = (state: SavedState): void => {
        saved = state;
      };
      await trainNk({ ...training, maximumSteps: at, onCheckpoint });
      const rows: Record<Resumed, TensorValue[]> = {
        loss: [],
        weights: [],
        firstMoment: [],
        secondMoment: [],
      };
      await trainNk({
        ...training,
        maximumSteps: steps,
        ...(saved === undefined ? {} : { resumeFrom: written(saved, engine) }),
        onStep: async (step) => {
          rows.loss.push(await download(step.total));
          for (const name of ['weights', 'firstMoment', 'secondMoment'] as const)
            rows[name].push(await download(step[name]));
        },
      });
      return {
        loss: stack(rows.loss),
        weights: stack(rows.weights),
        firstMoment: stack(rows.firstMoment),
        secondMoment: stack(rows.secondMoment),
      };
    }),
    implement(contract.trainingFailure, async ({ configuration, seed, steps, failAt, failure }) => {
      let logged = 0;
      try {
        await trainNk({
          kit: failing(nk, failAt, failure),
          configuration: configured(configuration),
          seed,
          maximumSteps: steps,
          logEvery: 1,
          onLog: () => {
            logged += 1;
          },
        });
        return { surfaced: false, message: '', logged };
      } catch (error) {
        return { surfaced: true, message: error instanceof Error ? error.message : String(error), logged };
      }
    }),
    implement(contract.trainingLog, async ({ configuration, seed, steps }) => {
      const { log } = await trainNk({
        kit: nk,
        configuration: configured(configuration),
        seed,
        maximumSteps: steps,
        logEvery: 1,
      });
      const series = (read: (row: NkLogRow) => number): TensorValue => ({
        dtype: 'float64',
        shape: [log.length],
        data: Float64Array.from(log, read),
      });
      return {
        total: series(({ total }) => total),
        parts: { is: series(({ is }) => is), phillips: series(({ phillips }) => phillips) },
        unweighted: series(({ unweighted }) => unweighted),
      };
    }),
  ];
}

type Resumed = 'loss' | 'weights' | 'firstMoment' | 'secondMoment';

/** The state as it comes back from a checkpoint file. */
function written(state: SavedState, { name, version }: OpenEngine): SavedState {
  const identity = {
    model: 'nk',
    seed: 0,
    engine: { name, version },
    versions: identityVersions(),
    configuration: {},
  };
  return decodeCheckpoint(encodeCheckpoint({ identity, state }), 'a checkpoint in memory').state;
}

/** A kit in which one gradient step goes wrong, once: a step that is tried again goes well. */
function failing(nk: NkKit, failAt: number, failure: Failure): NkKit {
  let steps = 0;
  const isTime = (): boolean => steps++ === failAt;
  if (failure === 'exception') {
    return {
      ...nk,
      assembleBatch: (world) => {
        if (!isTime()) return nk.assembleBatch(world);
        throw new SubjectError({ code: 'injected-failure', what: `injected into gradient step ${failAt}` });
      },
    };
  }
  const factor = failure === 'infinity' ? Infinity : Number.NaN;
  return {
    ...nk,
    combine: (residuals, settings) => {
      const loss = nk.combine(residuals, settings);
      return isTime() ? { ...loss, total: tf.mul(loss.total, factor) } : loss;
    },
  };
}
