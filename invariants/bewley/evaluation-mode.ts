import fc from 'fast-check';
import { trainingTrace } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { bitEqual, same } from '../../src/verification/measurement.ts';
import { bewleySettings } from '../training/cases.ts';

/** A look at a policy leaves the training as it was. */
export const evaluationMode = law({
  id: 'bewley/evaluation-mode',
  statement:
    'A run that is evaluated on worlds of its own on the way equals, bit for bit, the run that is not.',
  formula: 'run(evaluated every k rows) ≡ run(never evaluated)',
  guards:
    'evaluation that is never left again: statistics stand still, dropout is off, and training goes on without a word; or draws of the evaluation that move those of the training',
  suspects:
    'a mode that is set and not set back, statistics that evaluation updates, random streams that it shares with the training (src/training/bewley/held-out.ts here)',
  oracle: 'symmetry',
  bound: 'none: one engine repeats its own bits',
  needs: [trainingTrace],
  budget: { runs: 4 },
  cases: fc.record({
    settings: bewleySettings,
    every: fc.constantFrom(1, 2),
    steps: fc.integer({ min: 3, max: 5 }),
    seed: seeds,
  }),
  async judge({ settings, every, steps, seed }, { call }) {
    const run = (rows: number) =>
      call(trainingTrace, {
        model: 'bewley',
        configuration: { ...settings, heldOut: { every: rows } },
        seed,
        steps,
      });
    const plain = await run(0);
    const evaluated = await run(every);
    const width = plain.weights.data.length / steps;
    return [
      same('gradient steps', String(evaluated.loss.data.length), String(steps)),
      bitEqual('loss', evaluated.loss, plain.loss, (index) => `gradient step ${index}`),
      bitEqual(
        'weights',
        evaluated.weights,
        plain.weights,
        (index) => `gradient step ${Math.floor(index / width)}, weight ${index % width}`,
      ),
    ];
  },
});
