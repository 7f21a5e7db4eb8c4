import * as tf from '@tensorflow/tfjs';
import { streamOf } from '../../../src/numerics/stream.ts';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inBewley } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults of the loop of the Bewley trainer: what it differentiates, adds up, saves, tells, and takes for granted. */
export const bewleyLoopFaults: readonly Fault<Kit>[] = [
  {
    id: 'bewley/gradient-through-shocks',
    summary: 'state, draws and statistics of the normaliser carry gradient into the loss',
    sign: '',
    killedBy: ['training/constants'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley(() => ({ constant: (x) => x })),
  },
  {
    id: 'bewley/passes-summed',
    summary: 'gradients of the passes of a step are added up, and not divided by their number',
    sign: 'the norm of the gradient grows with the number of passes',
    killedBy: ['bewley/accumulation'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      joinPasses: (passes) => {
        const whole = bewley.joinPasses(passes);
        const { gradient } = whole;
        return gradient === undefined ? whole : { ...whole, gradient: tf.mul(gradient, passes.length) };
      },
    })),
  },
  {
    id: 'bewley/last-pass-counts',
    summary: 'each pass overwrites the gradient of the one before, and the last is what the optimiser gets',
    sign: 'the gradient is noisier than the number of worlds says',
    killedBy: ['bewley/accumulation'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      joinPasses: (passes) => {
        const gradient = passes.at(-1)?.['gradient'];
        const whole = bewley.joinPasses(passes);
        return gradient === undefined ? whole : { ...whole, gradient };
      },
    })),
  },
  {
    id: 'bewley/optimiser-recreated',
    summary: 'the optimiser of the Bewley trainer is made anew at every step, its moments at zero',
    sign: 'slow, noisy convergence',
    killedBy: ['training/optimiser-moments'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley((bewley) => ({
      updateWeights: ({ moments, ...update }, settings) =>
        bewley.updateWeights(
          {
            ...update,
            moments: {
              firstMoment: tf.zerosLike(moments.firstMoment),
              secondMoment: tf.zerosLike(moments.secondMoment),
              step: 0,
            },
          },
          settings,
        ),
    })),
  },
  {
    id: 'bewley/decay-without-rate',
    summary: 'weights of the Bewley network shrink by λ a step and not by ηλ',
    sign: 'weights near zero, and policies flat',
    killedBy: ['training/optimiser-step'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley((bewley) => ({
      updateWeights: (update, settings) =>
        bewley.updateWeights(update, {
          ...settings,
          weightDecay: settings.weightDecay / update.learningRate,
        }),
    })),
  },
  {
    id: 'bewley/resume-incomplete',
    summary: 'a checkpoint of the Bewley trainer forgets the moments of the optimiser',
    sign: 'the loss jumps at each resume',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley((bewley) => ({
      restoreState: (kit, saved, configuration) => {
        const state = bewley.restoreState(kit, saved, configuration);
        const { firstMoment, secondMoment, step } = state.moments;
        const moments = {
          firstMoment: tf.zerosLike(firstMoment),
          secondMoment: tf.zerosLike(secondMoment),
          step,
        };
        tf.dispose([firstMoment, secondMoment]);
        return { ...state, moments };
      },
    })),
  },
  {
    id: 'bewley/resume-incomplete-statistics',
    summary: 'a checkpoint forgets the statistics of the normaliser, which begin with the next batch',
    sign: 'what the network is fed jumps at each resume',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley((bewley) => ({
      restoreState: (kit, saved, configuration) => {
        const { statistics, ...state } = bewley.restoreState(kit, saved, configuration);
        bewley.releaseStatistics(statistics);
        return { ...state, statistics: undefined };
      },
    })),
  },
  {
    id: 'bewley/resume-incomplete-worlds',
    summary: 'a checkpoint forgets the worlds, which are drawn afresh at each resume',
    sign: 'wealth jumps at each resume',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley((bewley) => ({
      restoreState: (kit, saved, configuration) => {
        const { worlds, ...state } = bewley.restoreState(kit, saved, configuration);
        const stream = streamOf('resumed');
        return {
          ...state,
          worlds: bewley.drawAgents(bewley, configuration, worlds.wealth.length, stream),
        };
      },
    })),
  },
  {
    id: 'bewley/catch-and-continue',
    summary: 'the Bewley trainer catches what a step throws, and goes on with the next',
    sign: 'steps that are missing from the log',
    killedBy: ['training/failure'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley(() => ({ onFailure: () => undefined })),
  },
  {
    id: 'bewley/weight-change-read-as-progress',
    summary: 'runs of the Bewley trainer are compared by the loss that is differentiated, weights included',
    sign: 'the loss halves at once when a weight is halved',
    killedBy: ['training/unweighted-loss'],
    engines: 'all',
    inject: inBewley(() => ({ unweighted: ({ total }) => total })),
  },
  {
    id: 'bewley/seed-ignored',
    summary: 'initial weights of the Bewley network come from a generator outside the seed',
    sign: '',
    killedBy: ['training/seed'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley((bewley) => ({
      initialWeights: (...args) =>
        bewley.initialWeights(...args).map((weight) => weight * (0.5 + Math.random())),
    })),
  },
  {
    id: 'bewley/redraw-literal',
    summary: 'the share of worlds that is drawn afresh is a literal; its keys are parsed and never used',
    sign: 'a configured key has no effect',
    killedBy: ['training/keys-read'],
    engines: 'host',
    model: 'bewley',
    inject: inBewley(() => ({ redrawShare: () => 0.03 })),
  },
];
