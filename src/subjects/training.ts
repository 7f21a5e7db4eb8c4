import type { OpenEngine } from '../engine/index.ts';
import { processMemory, settleMemory } from '../engine/index.ts';
import { InputError, SuiteError } from '../errors.ts';
import * as contract from '../verification/contracts/index.ts';
import type { InputOf } from '../verification/operation.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { bewleyConfigured, bewleyTrainable } from './bewley-trainable.ts';
import { doubles } from './doubles.ts';
import { interruptedTraining } from './interrupted-training.ts';
import type { Kit } from './kit.ts';
import { nkConfigured, nkTrainable } from './nk-trainable.ts';
import { ppoConfigured, ppoTrainable } from './ppo-trainable.ts';
import { stack } from './stack.ts';
import type { Configure, Trainable, TrainedStep } from './trainable.ts';
import { download } from './transfer.ts';

type Model = InputOf<typeof contract.trainingTrace>['model'];

/** The training loops of all models as operations: what a run did, kept and read. */
export function trainingOperations(kit: Kit, engine: OpenEngine): readonly Implementation[] {
  const models: Readonly<Record<Model, Configure>> = {
    nk: (settings) => nkTrainable(kit.nk, nkConfigured(kit, settings)),
    bewley: (settings) => bewleyTrainable(kit.bewley, bewleyConfigured(kit, settings)),
    ppo: (settings) => ppoTrainable(kit.ppo, ppoConfigured(kit, settings)),
  };
  const configured = ({ model, configuration }: Pick<Run, 'model' | 'configuration'>): Trainable =>
    models[model](configuration);
  const train = (run: Run, onStep: (step: TrainedStep) => Promise<void> | void): Promise<void> =>
    configured(run).train({ seed: run.seed, maximumSteps: run.steps, onStep });

  return [
    implement(contract.trainingTrace, async (run) => {
      const rows: Record<(typeof TRACED)[number], TensorValue[]> = {
        total: [],
        gradient: [],
        firstMoment: [],
        secondMoment: [],
        weights: [],
      };
      const rates: number[] = [];
      const dampings: number[] = [];
      await train(run, async (step) => {
        if (step.learningRate !== undefined) rates.push(step.learningRate);
        if (step.damping !== undefined) dampings.push(step.damping);
        for (const name of TRACED) rows[name].push(await download(step[name]));
      });
      const { adamW } = configured(run);
      return {
        loss: stack(rows.total),
        gradient: stack(rows.gradient),
        firstMoment: stack(rows.firstMoment),
        secondMoment: stack(rows.secondMoment),
        weights: stack(rows.weights),
        ...(adamW === undefined
          ? { damping: doubles(dampings) }
          : { adamW: { learningRate: doubles(rates), ...adamW } }),
      };
    }),
    implement(contract.trainingMemory, async (run) => {
      const tensors: number[] = [];
      const bytes: number[] = [];
      await train(run, ({ memory }) => {
        tensors.push(memory.tensors);
        bytes.push(memory.bytes);
      });
      return { tensors: doubles(tensors), tensorBytes: doubles(bytes) };
    }),
    implement(contract.trainingProcessMemory, async ({ every, ...run }) => {
      const resident: number[] = [];
      const accounted: number[] = [];
      await train(run, ({ step }) => {
        if ((step + 1) % every !== 0) return;
        settleMemory();
        const { rssBytes, heapBytes, externalBytes } = processMemory();
        resident.push(rssBytes);
        accounted.push(heapBytes + externalBytes);
      });
      return { residentBytes: doubles(resident), accountedBytes: doubles(accounted) };
    }),
    implement(contract.trainingConstants, async ({ seed, ...of }) => {
      const { gradients } = configured(of);
      if (gradients !== undefined) return gradients(seed);
      throw new SuiteError({ code: 'gradients-missing', what: `${of.model} is fed from the host` });
    }),
    implement(contract.trainingKernels, async (run) => {
      const before = engine.kernels.signatures();
      const movedBefore = engine.kernels.migrations();
      await train(run, () => undefined);
      const moved = Object.entries(engine.kernels.migrations()).map(
        ([path, count]) => [path, count - (movedBefore[path] ?? 0)] as const,
      );
      return { kernels: [...engine.kernels.signaturesSince(before)], moved: Object.fromEntries(moved) };
    }),
    implement(contract.trainingConfigure, async (of) => {
      try {
        configured(of);
        return { accepted: true, message: '' };
      } catch (error) {
        if (error instanceof InputError) return { accepted: false, message: error.message };
        throw error;
      }
    }),
    implement(contract.trainingKeys, async ({ seed, steps, ...of }) => {
      const { trainable, declared, read } = configured(of).recordingReads();
      await trainable.train({ seed, maximumSteps: steps });
      return { declared: [...declared], read: [...read()] };
    }),
    ...interruptedTraining(engine, configured),
  ];
}

type Run = InputOf<typeof contract.trainingTrace>;

const TRACED = ['total', 'gradient', 'firstMoment', 'secondMoment', 'weights'] as const;
