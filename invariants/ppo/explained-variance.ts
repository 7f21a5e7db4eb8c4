import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { ppoExplainedVariance } from '../../src/verification/contracts/index.ts';
import { sizes } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { ragged, tensorOf, varied } from './cases.ts';

interface Case {
  readonly values: TensorValue;
  readonly returns: TensorValue;
  readonly constant: number;
}

/** What a critic explains: all of the variance if it is perfect, none if it is constant. */
export const explainedVariance = law<Case>({
  id: 'ppo/explained-variance',
  statement:
    'The explained variance of a head is 1 for a perfect critic, 0 for a constant one, and one minus the variance of its errors over that of the returns for any other.',
  formula: 'EV_c = 1 − Var(R_c − V_c)/Var(R_c);  EV(V = R) = 1,  EV(V = const) = 0',
  guards:
    'a critic that is right and is told to be worse than none: its errors were taken between all pairs of samples',
  suspects:
    'the explained variance (src/models/ppo/explained-variance.ts here): shapes, heads, which variance is divided by',
  oracle: 'derivation',
  bound: 'forward error of variances in two passes, and of their quotient',
  needs: [ppoExplainedVariance],
  budget: { runs: 40 },
  cases: sizes(2).chain(([samples = 5, heads = 3]) =>
    fc.record({
      values: tensorOf([samples, heads], ragged(-2, 2)),
      returns: tensorOf([samples, heads], ragged(-2, 2)).map((returns) => varied(returns)),
      constant: ragged(-2, 2),
    }),
  ),
  async judge({ values, returns, constant }, { call, arithmetic }) {
    const [, heads = 0] = returns.shape;
    const same = float32(returns.shape, new Float32Array(returns.data.length).fill(constant));
    const judged = [
      ['of a critic', values, undefined],
      ['of a perfect critic', returns, 1],
      ['of a constant critic', same, 0],
    ] as const;
    const measured = judged.map(async ([quantity, critic, known]) => {
      const { explained } = await call(ppoExplainedVariance, { values: critic, returns });
      const oracle = Array.from({ length: heads }, (_, head) =>
        explainedAt(arithmetic, column(critic, head), column(returns, head)),
      );
      const expected = oracle.map(({ value, bound }) => ({ value: known ?? value, bound }));
      return agreesWithOracle(
        `explained variance ${quantity}`,
        explained,
        expected,
        (head) => `head ${head}`,
      );
    });
    return Promise.all(measured);
  },
});

function column({ shape: [, heads = 1], data }: TensorValue, head: number): readonly number[] {
  return [...data].filter((_, at) => at % heads === head);
}

/** 1 − Var(R − V)/Var(R). */
function explainedAt(
  arithmetic: RunningError,
  values: readonly number[],
  returns: readonly number[],
): Bounded {
  const { exact, sub, mul, mean, div } = arithmetic;
  const variance = (xs: readonly Bounded[]): Bounded => {
    const centre = mean(xs);
    return mean(xs.map((x) => mul(sub(x, centre), sub(x, centre))));
  };
  const errors = returns.map((target, row) => sub(exact(target), exact(values[row] ?? NaN)));
  return sub(exact(1), div(variance(errors), variance(returns.map((target) => exact(target)))));
}
