import fc from 'fast-check';
import { trainingConstants } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { same } from '../../src/verification/measurement.ts';
import { economicTrainers, isBewley } from './cases.ts';

/** Shocks, states, sampled parameters and statistics are data: the loss has no gradient in them. */
export const constants = law({
  id: 'training/constants',
  statement:
    'The training loss, as it is differentiated, has gradient exactly 0 in all that it is fed (shocks, state, sampled parameters, statistics of a normaliser), and not 0 in the weights.',
  formula: '∂L/∂ε = ∂L/∂ζ = ∂L/∂θ = ∂L/∂(m, v) = 0,  ∂L/∂w ≠ 0',
  guards:
    'the loss is lowered by moving the data: a state or a shock that is trainable, or a graph that reaches back through time',
  suspects:
    'where data enters the loss: it must pass the barrier that has no gradient (constant in the kit here)',
  oracle: 'identity',
  bound: 'none: a constant has gradient 0 exactly',
  needs: [trainingConstants],
  budget: { runs: 20 },
  coverage: [{ label: 'the Bewley trainer', minimumShare: 0.25, shows: ({ trained }) => isBewley(trained) }],
  modelOf: ({ trained }) => trained.model,
  cases: fc.record({
    trained: economicTrainers(
      fc.record({
        procedure: fc.record({ state: fc.constantFrom('ergodic', 'simulated') }),
        expectation: fc.constantFrom({ rule: 'gauss-hermite', nodes: 3 }, { rule: 'monte-carlo', draws: 6 }),
      }),
    ),
    seed: seeds,
  }),
  async judge({ trained, seed }, { call }) {
    const answer = await call(trainingConstants, { ...trained, seed });
    const gradients = Object.entries(answer.constants).map(([name, gradient]): Measurement => ({
      quantity: `largest gradient in ${name}`,
      measured: Math.abs(gradient),
      allowed: 0,
    }));
    return [
      same('gradient in the weights', answer.weights > 0 ? 'not zero' : String(answer.weights), 'not zero'),
      same('constants are named', gradients.length > 0 ? 'yes' : 'no', 'yes'),
      ...gradients,
    ];
  },
});
