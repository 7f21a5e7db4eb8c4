import type { Kit } from '../../../src/subjects/kit.ts';
import { inPpo } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults of the loop around the losses: minibatches, the end of an update, what is told of it. */
export const ppoLoopFaults: readonly Fault<Kit>[] = [
  {
    id: 'ppo/minibatch-not-shuffled',
    summary: 'minibatches are neighbours in time, the same in every epoch',
    sign: '',
    killedBy: ['ppo/minibatches'],
    engines: 'host',
    inject: inPpo(() => ({
      minibatches: (samples, size) =>
        Array.from({ length: samples / size }, (_, index) =>
          Uint32Array.from({ length: size }, (__, row) => index * size + row),
        ),
    })),
  },
  {
    id: 'ppo/target-kl-last-epoch',
    summary: 'the divergence is held against its target after the last epoch, when nothing is left to stop',
    sign: 'every update takes all epochs, with KL far beyond the target',
    killedBy: ['ppo/target-divergence'],
    engines: 'host',
    inject: inPpo(() => ({ endsUpdate: ({ isLast }) => isLast })),
  },
  {
    id: 'ppo/compared-by-total',
    summary: 'updates and runs are compared by the loss that is differentiated, weights and all',
    sign: 'the loss halves when a weight is halved',
    killedBy: ['ppo/unweighted-value-loss'],
    engines: 'host',
    inject: inPpo(() => ({ unweighted: ({ total }) => total })),
  },
];
