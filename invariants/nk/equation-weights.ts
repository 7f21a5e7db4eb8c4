import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { nkLoss } from '../../src/verification/contracts/index.ts';
import { between, exactly, size } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agree, agreesWithOracle } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';

const weight = fc.constantFrom(0.25, 1, 1, 3);

/** Each equation weighs in the loss, and in its gradient, what the configuration declares. */
export const equationWeights = law({
  id: 'nk/equation-weights',
  statement:
    'The loss is the declared weighted sum of squared residuals; at equal residuals the gradients of the equations stand in the ratio of their weights.',
  formula: 'L = λ_IS Σ IS² + λ_PC Σ PC²,  ∂L/∂r = 2 λ r  (divided by B when it is a mean)',
  guards: 'one equation is starved: its residual stays large while the loss looks small',
  suspects: 'the function that combines residuals into the loss (src/models/nk/loss.ts here)',
  oracle: 'derivation',
  bound: 'forward error of the squares, their sum in any order, and the weights',
  needs: [nkLoss],
  coverage: [
    { label: 'unequal weights', minimumShare: 0.3, shows: ({ weights }) => weights.is !== weights.phillips },
  ],
  cases: fc.record({
    residuals: size.chain((batch) => exactly(batch, between(-1, 1))),
    weights: fc.record({ is: weight, phillips: weight }),
    reduction: fc.constantFrom('sum' as const, 'mean' as const),
  }),
  async judge({ residuals, weights, reduction }, { call, arithmetic }) {
    const batch = residuals.length;
    const residual = float32([batch], residuals);
    const answer = await call(nkLoss, { is: residual, phillips: residual, weights, reduction });
    const part = partOf(arithmetic, residuals, reduction);
    const weighted = (factor: number): Bounded => arithmetic.mul(arithmetic.exact(factor), part);
    const total = arithmetic.sum([weighted(weights.is), weighted(weights.phillips)]);
    const slopes = (factor: number): readonly Bounded[] =>
      residuals.map((value) => slopeOf(arithmetic, value, factor, reduction === 'mean' ? batch : 1));
    return [
      agree('loss', answer.total, total.value, total.bound),
      agree('unweighted IS loss', answer.is, part.value, part.bound),
      agree('unweighted Phillips loss', answer.phillips, part.value, part.bound),
      agreesWithOracle('gradient in the IS residual', answer.gradientIs, slopes(weights.is)),
      agreesWithOracle(
        'gradient in the Phillips residual',
        answer.gradientPhillips,
        slopes(weights.phillips),
      ),
    ];
  },
});

function partOf(arithmetic: RunningError, residuals: readonly number[], reduction: 'sum' | 'mean'): Bounded {
  const squares = residuals.map((value) => arithmetic.mul(arithmetic.exact(value), arithmetic.exact(value)));
  const sum = arithmetic.sum(squares);
  return reduction === 'sum'
    ? sum
    : arithmetic.mul(sum, arithmetic.div(arithmetic.exact(1), arithmetic.exact(residuals.length)));
}

/** 2λr/B: up to four roundings, since code multiplies by λ, 1/B and r one after the other. */
function slopeOf(arithmetic: RunningError, residual: number, factor: number, divisor: number): Bounded {
  const share = arithmetic.div(arithmetic.exact(1), arithmetic.exact(divisor));
  const doubled = arithmetic.mul(arithmetic.exact(2), arithmetic.exact(residual));
  return arithmetic.mul(arithmetic.mul(arithmetic.exact(factor), share), doubled);
}
