import * as tf from '@tensorflow/tfjs';
import { drawErgodicState } from '../../../src/models/nk/index.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inNk } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults of what a run leaves and tells: checkpoints, failures, the loss by which it is judged. */
export const interruptionFaults: readonly Fault<Kit>[] = [
  {
    id: 'training/resume-incomplete',
    summary: 'a checkpoint forgets the moments of the optimiser, which begin at zero after each resume',
    sign: 'the loss jumps at each resume',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      restoreState: (kit, saved, configuration) => {
        const state = nk.restoreState(kit, saved, configuration);
        const { firstMoment, secondMoment, step } = state.moments;
        const zeros = {
          firstMoment: tf.zerosLike(firstMoment),
          secondMoment: tf.zerosLike(secondMoment),
          step,
        };
        tf.dispose([firstMoment, secondMoment]);
        return { ...state, moments: zeros };
      },
    })),
  },
  {
    id: 'training/resume-incomplete-state',
    summary: 'a checkpoint forgets the live state, which is drawn afresh at each resume',
    sign: '',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      restoreState: (kit, saved, configuration) => {
        const { world, ...rest } = nk.restoreState(kit, saved, configuration);
        const drawn = drawErgodicState(streamOf('resumed'), world.parameterValues, configuration.sampling);
        tf.dispose(world.zeta);
        return { ...rest, world: { ...world, zeta: tf.tensor1d(drawn) } };
      },
    })),
  },
  {
    id: 'training/resume-incomplete-step',
    summary: 'a checkpoint forgets the step: schedule and random streams begin again at each resume',
    sign: 'the learning rate jumps back at each resume',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      restoreState: (kit, saved, configuration) => ({
        ...nk.restoreState(kit, saved, configuration),
        step: 0,
      }),
    })),
  },
  {
    id: 'training/resume-incomplete-damping',
    summary: 'a checkpoint forgets the damping, which is that of the first step after each resume',
    sign: 'rejected steps at each resume, or steps that are shorter than before',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      restoreState: (kit, saved, configuration) => {
        const { optimiser } = configuration;
        const state = nk.restoreState(kit, saved, configuration);
        return optimiser.rule === 'adamw' ? state : { ...state, damping: optimiser.damping };
      },
    })),
  },
  {
    id: 'training/catch-and-continue',
    summary: 'the loop catches what a step throws, and goes on with the next',
    sign: 'a constant metric, or steps that are missing from the log',
    killedBy: ['training/failure'],
    engines: 'all',
    model: 'nk',
    inject: inNk(() => ({ onFailure: () => undefined })),
  },
  {
    id: 'training/weight-change-read-as-progress',
    summary: 'steps and runs are compared by the loss that is differentiated, weights included',
    sign: 'the loss halves at once when a weight is halved',
    killedBy: ['training/unweighted-loss'],
    engines: 'all',
    inject: inNk(() => ({ unweighted: ({ total }) => total })),
  },
];
