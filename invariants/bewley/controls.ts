import fc from 'fast-check';
import { bewleyControls } from '../../src/verification/contracts/index.ts';
import { between, exactly } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agreesWithOracle, hasType, same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { LABOR, shape } from './cases.ts';

/** Raw outputs mean a savings ratio in (0, 1), a marginal return above 0, and labour within its bounds. */
export const controls = law({
  id: 'bewley/controls',
  statement:
    'Raw outputs are, in this order, the savings ratio by the logistic function, the marginal return by log(1 + eˣ), and labour by the logistic function between its bounds.',
  formula: 's = σ(x₀) ∈ (0, 1),  h = log(1 + e^x₁) > 0,  n = n_min + (n_max − n_min) σ(x₂)',
  guards: 'outputs taken for each other: a marginal return that is held below 1, a savings ratio that is not',
  suspects: 'the order of the network outputs and their bounds (src/models/bewley/controls.ts here)',
  oracle: 'derivation',
  bound: 'forward error of the three functions',
  needs: [bewleyControls],
  cases: shape.chain(([b, a]) =>
    fc.record({ shape: fc.constant([b, a] as const), raw: exactly(3 * b * a, between(-6, 6)) }),
  ),
  async judge({ shape: [b, a], raw }, { call, arithmetic, floats }) {
    const answer = await call(bewleyControls, { raw: float32([b, a, 3], raw), labor: LABOR });
    const { exact, rounded, sum, mul, sub, exp, log, sigmoid } = arithmetic;
    const columns = [0, 1, 2].map((column) =>
      raw.filter((_, index) => index % 3 === column).map((x) => exact(x)),
    );
    const [s = [], h = [], n = []] = columns;
    const [low, high] = [rounded(LABOR.minimum), rounded(LABOR.maximum)];
    return [
      hasType('savings ratio', answer.savingsRatio, floats, [b, a]),
      hasType('marginal return', answer.marginalReturn, floats, [b, a]),
      hasType('labour', answer.labor, floats, [b, a]),
      agreesWithOracle('savings ratio', answer.savingsRatio, s.map(sigmoid)),
      agreesWithOracle(
        'marginal return',
        answer.marginalReturn,
        h.map((x) => log(sum([exact(1), exp(x)]))),
      ),
      agreesWithOracle(
        'labour',
        answer.labor,
        n.map((x) => sum([low, mul(sub(high, low), sigmoid(x))])),
      ),
      inside('savings ratio', answer.savingsRatio, 0, 1),
      inside('marginal return', answer.marginalReturn, 0, Infinity),
    ];
  },
});

function inside(quantity: string, { data }: TensorValue, low: number, high: number): Measurement {
  const outside = [...data].filter((x) => !(x > low && x < high));
  return same(`${quantity} outside (${low}, ${high})`, outside.join(' ') || 'none', 'none');
}
