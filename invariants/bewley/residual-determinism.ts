import { bewleyGradient } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import { bitEqual, same } from '../../src/verification/measurement.ts';
import type { GradientCase } from './gradient-cases.ts';
import { gradientCases, gradientOf } from './gradient-cases.ts';

/** The residuals of a state are a number, not a draw. */
export const residualDeterminism = law<GradientCase>({
  id: 'bewley/residual-determinism',
  statement:
    'The same state, weights and draws give the same loss, parts of it and gradient, bit for bit, however often they are asked for.',
  formula: 'L(w; x, ε_A, ε_B) is a function',
  guards:
    'dropout in the residuals: three masks for today and the two draws make three policies, and the Euler equation is held between households that do not exist; the loss has a floor of noise',
  suspects:
    'layers that draw (dropout, noise) and generators that are not told their state, in whatever the policy is made of (src/models/bewley/network here)',
  oracle: 'symmetry',
  bound: 'none: one engine repeats its own bits',
  needs: [bewleyGradient],
  budget: { runs: 5 },
  cases: gradientCases(2),
  async judge({ batch, ...sample }, { call }) {
    const first = await call(bewleyGradient, gradientOf(sample, batch));
    const again = await call(bewleyGradient, gradientOf(sample, batch));
    return [
      ...(['loss', 'complementarity', 'euler', 'labor'] as const).map((name) =>
        same(`${name} asked for again`, bitsOf(again[name]), bitsOf(first[name])),
      ),
      same('the loss', Number.isFinite(first.loss) ? 'finite' : String(first.loss), 'finite'),
      bitEqual('gradient asked for again', again.gradient, first.gradient, (index) => `weight ${index}`),
    ];
  },
});

/** Text that tells −0 from 0. */
function bitsOf(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
