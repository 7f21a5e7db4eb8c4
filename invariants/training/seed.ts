import fc from 'fast-check';
import { trainingTrace } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { bitEqual, same } from '../../src/verification/measurement.ts';
import { isBewley, isNk, isPpo, isSecondOrder, rules, trainers } from './cases.ts';

/** One seed, one run: the same bits again; another seed, another run. */
export const seedLaw = law({
  id: 'training/seed',
  statement: 'Two runs with one seed are equal bit for bit, and a run with another seed is not.',
  formula: 'run(seed) ≡ run(seed),  run(seed) ≢ run(seed′)',
  guards:
    'a random source outside the seed: no run can be repeated, and no comparison of two runs means anything',
  suspects:
    'anything that draws: initialisers, samplers, shuffles, dropout; Math.random and the engine’s own generators',
  oracle: 'symmetry',
  bound: 'none: one engine repeats its own bits',
  needs: [trainingTrace],
  budget: { runs: 12 },
  coverage: [
    { label: 'the Bewley trainer', minimumShare: 0.15, shows: ({ trained }) => isBewley(trained) },
    { label: 'the PPO trainer', minimumShare: 0.15, shows: ({ trained }) => isPpo(trained) },
    {
      label: 'the second-order rule',
      minimumShare: 0.15,
      shows: ({ trained }) => isNk(trained, isSecondOrder),
    },
  ],
  modelOf: ({ trained }) => trained.model,
  cases: fc.record({ trained: trainers(rules), seed: seeds, steps: fc.integer({ min: 2, max: 4 }) }),
  async judge({ trained, seed, steps }, { call }) {
    const run = (of: number) => call(trainingTrace, { ...trained, seed: of, steps });
    const first = await run(seed);
    const again = await run(seed);
    const other = await run(seed === 0 ? 1 : seed - 1);
    const width = first.weights.data.length / steps;
    const nameOf = (index: number): string =>
      `gradient step ${Math.floor(index / width)}, weight ${index % width}`;
    const differs = other.weights.data.some((weight, index) => weight !== first.weights.data[index]);
    return [
      bitEqual('weights of the second run', again.weights, first.weights, nameOf),
      bitEqual('losses of the second run', again.loss, first.loss, (index) => `gradient step ${index}`),
      same('weights under another seed', differs ? 'different' : 'equal', 'different'),
    ];
  },
});
