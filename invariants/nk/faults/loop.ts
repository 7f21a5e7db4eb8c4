import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inNk } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults in how the model is sampled, trained and judged. */
export const loopFaults: readonly Fault<Kit>[] = [
  {
    id: 'nk/state-reinitialised',
    summary: 'under `simulated` the state is drawn afresh whenever parameters are',
    sign: '',
    killedBy: ['nk/persistence'],
    engines: 'all',
    inject: inNk((nk) => ({
      nextState: (kit, input) => {
        const procedure = {
          ...input.procedure,
          state: input.redrawn ? ('ergodic' as const) : input.procedure.state,
        };
        return nk.nextState(kit, { ...input, procedure });
      },
    })),
  },
  {
    id: 'nk/stale-batch',
    summary: 'the batch is assembled before parameters and state change',
    sign: '',
    killedBy: ['nk/current-batch'],
    engines: 'all',
    inject: inNk((nk) => {
      let previous: ReturnType<typeof nk.assembleBatch> | undefined;
      return {
        assembleBatch: (world) => {
          const batch = nk.assembleBatch(world);
          const stale = world.generation === 0 ? undefined : previous;
          const parameters = tf.keep(tf.clone(batch.parameters));
          const coefficients = nk.coefficients(parameters);
          for (const tensor of Object.values({ ...coefficients })) tf.keep(tensor);
          previous = { ...batch, parameters, coefficients, zeta: tf.keep(tf.clone(batch.zeta)) };
          return stale ?? batch;
        },
      };
    }),
  },
  {
    id: 'nk/slow-redraw',
    summary: 'parameters are redrawn an iteration later than configured',
    sign: 'the loss falls and jumps like a saw',
    killedBy: ['nk/redraw-interval'],
    engines: 'host',
    inject: inNk((nk) => ({
      redrawsParameters: (iteration, procedure) =>
        nk.redrawsParameters(iteration, { ...procedure, redrawEvery: procedure.redrawEvery + 1 }),
    })),
  },
  {
    id: 'nk/antithetic-odd',
    summary: 'an odd number of antithetic draws loses one',
    sign: '',
    killedBy: ['nk/antithetic'],
    engines: 'host',
    inject: inNk((nk) => ({
      innovations: (stream, count) => nk.innovations(stream, count - (count % 2)),
    })),
  },
  {
    id: 'nk/optimiser-recreated',
    summary: 'Adam is made anew at each iteration to change its rate, which throws its moments away',
    sign: 'slow, noisy convergence',
    killedBy: ['training/optimiser-moments'],
    engines: 'all',
    model: 'nk',
    inject: inNk(() => ({ optimiserFor: (_current, make) => make() })),
  },
  {
    id: 'nk/cosine-off-by-one',
    summary: 'the schedule ends one step before the last',
    sign: '',
    killedBy: ['training/learning-rate'],
    engines: 'host',
    inject: inNk((nk) => ({
      learningRate: (step, total, optimiser) => nk.learningRate(step, Math.max(1, total - 1), optimiser),
    })),
  },
  {
    id: 'nk/evaluated-off-domain',
    summary:
      'accuracy is judged at one fixed ζ for all parameters, and taken for a verdict on the training domain',
    sign: 'error 137 % at ζ = 0.5, 1.5 % at ζ = 0.01',
    killedBy: ['nk/evaluation-domain'],
    engines: 'host',
    inject: inNk((nk) => ({
      evaluationPoints: (request, parameters) =>
        nk
          .evaluationPoints(request, parameters)
          .map((point) => ({ ...point, zeta: point.zeta.map(() => 0.5), withinDomain: true })),
    })),
  },
];
