import fc from 'fast-check';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { bewleyLossOfBranches } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agree, agreesWithOracle, same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import type { Economy } from './cases.ts';
import { agentName, economyOf, magnitude } from './cases.ts';

const weight = fc.constantFrom(0.25, 1, 10);

interface Case {
  readonly residuals: Economy<'complementarity' | 'eulerA' | 'eulerB' | 'labor' | 'wealth'>;
  readonly weights: { readonly complementarity: number; readonly euler: number; readonly labor: number };
  readonly byWealth: number;
}

/** The loss is the declared weighting of its parts, and the parts are told without weights. */
export const loss = law<Case>({
  id: 'bewley/loss',
  statement:
    'The loss is the declared weighted sum of mean squared complementarity and labour residuals and of the mean product of the Euler residuals of two draws; the parts are told unweighted, and the product as it is, negative or not.',
  formula: 'L = λ_φ mean(ω φ²) + λ_e mean(ω e_A e_B) + λ_n mean(l²),  ω = 1 − κ + κ a/mean(a)',
  guards:
    'a condition that is starved; a change of weights that is read as progress; a product made positive',
  suspects: 'the function that combines residuals into the loss (src/models/bewley/loss.ts here)',
  oracle: 'derivation',
  bound: 'forward error of products and means in any order, and of the weights',
  needs: [bewleyLossOfBranches],
  coverage: [
    {
      label: 'weighted by wealth alone',
      minimumShare: 0.2,
      shows: ({ byWealth }) => byWealth === 1,
    },
    {
      label: 'weighted by wealth in part',
      minimumShare: 0.2,
      shows: ({ byWealth }) => byWealth > 0 && byWealth < 1,
    },
    {
      label: 'a negative Euler part',
      minimumShare: 0.15,
      shows: ({ residuals: { eulerA, eulerB } }) => {
        return [...eulerA.data].reduce((sum, a, index) => sum + a * (eulerB.data[index] ?? 0), 0) < 0;
      },
    },
  ],
  cases: fc.record({
    residuals: economyOf({
      complementarity: between(-1, 1),
      eulerA: between(-1, 1),
      eulerB: between(-1, 1),
      labor: between(-1, 1),
      wealth: magnitude(1e-2, 100),
    }),
    weights: fc.record({ complementarity: weight, euler: weight, labor: weight }),
    byWealth: fc.constantFrom(0, 0.25, 0.7, 1),
  }),
  async judge({ residuals, weights, byWealth }, { call, arithmetic }) {
    const answer = await call(bewleyLossOfBranches, { ...residuals, weights, byWealth });
    const { exact, add, mul, div, mean, sum } = arithmetic;
    const { complementarity, eulerA, eulerB, labor, wealth } = residuals;
    const [worlds = 0, agents = 0] = wealth.shape;
    const one = (tensor: TensorValue, index: number): Bounded => exact(tensor.data[index] ?? Number.NaN);
    const indices = Array.from({ length: worlds * agents }, (_, index) => index);
    const omega = indices.map((index) => {
      const first = Math.floor(index / agents) * agents;
      const world = [...wealth.data.slice(first, first + agents)].map(exact);
      const relative = div(one(wealth, index), mean(world));
      return add(exact(1 - byWealth), mul(exact(byWealth), relative));
    });
    const part = (x: TensorValue, y: TensorValue, weighted: boolean): Bounded =>
      mean(
        indices.map((index) => {
          const product = mul(one(x, index), one(y, index));
          return weighted ? mul(omega[index] ?? exact(1), product) : product;
        }),
      );
    const total = sum([
      mul(exact(weights.complementarity), part(complementarity, complementarity, true)),
      mul(exact(weights.euler), part(eulerA, eulerB, true)),
      mul(exact(weights.labor), part(labor, labor, false)),
    ]);
    const share = div(exact(1), exact(worlds * agents));
    const slopes = (factor: number, x: TensorValue, weighted: boolean): readonly Bounded[] =>
      indices.map((index) => {
        const slope = mul(mul(exact(factor), share), one(x, index));
        return weighted ? mul(omega[index] ?? exact(1), slope) : mul(exact(1), slope);
      });
    const parts = {
      complementarity: part(complementarity, complementarity, false),
      euler: part(eulerA, eulerB, false),
      labor: part(labor, labor, false),
    };
    const name = agentName(wealth);
    return [
      agree('loss', answer.total, total.value, total.bound),
      agree(
        'unweighted complementarity',
        answer.complementarity,
        parts.complementarity.value,
        parts.complementarity.bound,
      ),
      agree('unweighted Euler part', answer.euler, parts.euler.value, parts.euler.bound),
      agree('unweighted labour part', answer.labor, parts.labor.value, parts.labor.bound),
      ...(parts.euler.value < -parts.euler.bound
        ? [same('sign of the Euler part', answer.euler < 0 ? '−' : String(answer.euler), '−')]
        : []),
      agreesWithOracle(
        'gradient in φ',
        answer.gradientComplementarity,
        slopes(2 * weights.complementarity, complementarity, true),
        name,
      ),
      agreesWithOracle('gradient in e_A', answer.gradientEulerA, slopes(weights.euler, eulerB, true), name),
      agreesWithOracle('gradient in e_B', answer.gradientEulerB, slopes(weights.euler, eulerA, true), name),
      agreesWithOracle(
        'gradient in the labour residual',
        answer.gradientLabor,
        slopes(2 * weights.labor, labor, false),
        name,
      ),
    ];
  },
});
