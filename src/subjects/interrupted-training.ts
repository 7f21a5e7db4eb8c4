import type { OpenEngine } from '../engine/index.ts';
import type { SavedState } from '../models/saved-state.ts';
import { decodeCheckpoint, encodeCheckpoint, identityVersions } from '../training/run-directory/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { InputOf } from '../verification/operation.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { doubles } from './doubles.ts';
import { stack } from './stack.ts';
import type { LoggedLosses, Trainable } from './trainable.ts';
import { download } from './transfer.ts';

type Configured = Pick<InputOf<typeof contract.trainingTrace>, 'model' | 'configuration'>;

/** What becomes of a training run that is saved, fails, or is read from its log alone, as operations. */
export function interruptedTraining(
  engine: OpenEngine,
  configured: (of: Configured) => Trainable,
): readonly Implementation[] {
  return [
    implement(contract.trainingResume, async ({ seed, steps, at, ...of }) => {
      const { train } = configured(of);
      let saved: SavedState | undefined;
      const onCheckpoint = (state: SavedState): void => {
        saved = state;
      };
      await train({ seed, maximumSteps: at, onCheckpoint });
      const rows: Record<Resumed, TensorValue[]> = {
        loss: [],
        weights: [],
        firstMoment: [],
        secondMoment: [],
      };
      await train({
        seed,
        maximumSteps: steps,
        ...(saved === undefined ? {} : { resumeFrom: written(saved, of.model, engine) }),
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
    implement(contract.trainingFailure, async ({ seed, steps, failAt, failure, ...of }) => {
      let logged = 0;
      try {
        await configured(of).train({
          seed,
          maximumSteps: steps,
          failing: { at: failAt, failure },
          onLog: () => {
            logged += 1;
          },
        });
        return { surfaced: false, message: '', logged };
      } catch (error) {
        return { surfaced: true, message: error instanceof Error ? error.message : String(error), logged };
      }
    }),
    implement(contract.trainingLog, async ({ seed, steps, ...of }) => {
      const log: LoggedLosses[] = [];
      await configured(of).train({ seed, maximumSteps: steps, onLog: (losses) => log.push(losses) });
      const names = Object.keys(log[0]?.parts ?? {});
      return {
        total: doubles(log.map(({ total }) => total)),
        parts: Object.fromEntries(
          names.map((name) => [name, doubles(log.map(({ parts }) => parts[name] ?? Number.NaN))]),
        ),
        unweighted: doubles(log.map(({ unweighted }) => unweighted)),
      };
    }),
  ];
}

type Resumed = 'loss' | 'weights' | 'firstMoment' | 'secondMoment';

/** The state as it comes back from a checkpoint file. */
function written(state: SavedState, model: string, { name, version }: OpenEngine): SavedState {
  const identity = {
    model,
    seed: 0,
    engine: { name, version },
    versions: identityVersions(),
    configuration: {},
  };
  return decodeCheckpoint(encodeCheckpoint({ identity, state }), 'a checkpoint in memory').state;
}
