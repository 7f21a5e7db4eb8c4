import fc from 'fast-check';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { normaliserGradient } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { hasType, worstOf } from '../../src/verification/measurement.ts';
import { at, batchShapes, settings, statisticsOf, statisticsShapeOf, tensorOf } from './cases.ts';
import { deviationOf } from './oracle/recursion.ts';

const cases = fc.tuple(batchShapes, settings).chain(([shape, chosen]) =>
  fc.record({
    settings: fc.constant(chosen),
    statistics: statisticsOf(statisticsShapeOf(shape, chosen.scope)),
    batch: tensorOf(shape, between(-40, 40)),
    cotangent: tensorOf(shape, between(-2, 2)),
  }),
);

/** Statistics are data: gradient flows through the input alone. */
export const gradient = law({
  id: 'normaliser/gradient',
  statement:
    'The gradient in the batch is that of a quotient with constant mean and deviation, 0 where it is clipped; the statistics, though the batch is in them, have none.',
  formula: '∂z/∂x = 1/max(√(v + ε), floor) where |z| < c, else 0;  ∂m′/∂x = ∂v′/∂x = 0',
  guards:
    'statistics that carry the graph: memory grows with every batch, and the policy is trained to move the scale it is measured on',
  suspects:
    'the barrier between batch and statistics (constant in the kit here; detach or no_grad elsewhere)',
  oracle: 'derivation',
  bound:
    'forward error of root and quotient at the statistics that the subject holds after the batch; elements within their error of the clip are left out; a constant has gradient 0 exactly',
  needs: [normaliserGradient],
  budget: { runs: 40 },
  coverage: [
    {
      label: 'statistics for each agent',
      minimumShare: 0.25,
      shows: ({ settings: { scope } }) => scope === 'per-agent',
    },
  ],
  cases,
  async judge({ settings: chosen, statistics, batch, cotangent }, { call, arithmetic, floats }) {
    const answer = await call(normaliserGradient, { settings: chosen, statistics, batch, cotangent });
    const { exact, sub, mul, div } = arithmetic;
    const { mean, variance } = answer.statistics;
    const columns = mean.data.length;
    const deviations = Array.from(variance.data, (value) => deviationOf(arithmetic, exact(value), chosen));
    const elements = Array.from(batch.data, (value, index): Measurement | undefined => {
      const deviation = deviations[index % columns] ?? exact(Number.NaN);
      const z = div(sub(exact(value), exact(at(mean, index % columns))), deviation);
      const beyond = Math.abs(z.value) - chosen.clip;
      // Also what is not a number, which is measured.
      if (Math.abs(beyond) <= z.bound) return undefined;
      // One rounding more than the quotient: some multiply by 1/deviation.
      const inside = mul(mul(exact(at(cotangent, index)), div(exact(1), deviation)), exact(1));
      const expected: Bounded = beyond > 0 ? exact(0) : inside;
      return {
        quantity: 'gradient in the batch',
        measured: Math.abs(at(answer.batch, index) - expected.value),
        allowed: expected.bound,
        at: `element ${index}${beyond > 0 ? ', clipped' : ''}`,
        expected: String(expected.value),
        got: String(at(answer.batch, index)),
      };
    }).filter((measurement) => measurement !== undefined);
    const worst = worstOf(elements);
    return [
      hasType('gradient in the batch', answer.batch, floats, batch.shape),
      ...(worst === undefined ? [] : [worst]),
      { quantity: 'largest gradient of the running mean', measured: Math.abs(answer.ofMean), allowed: 0 },
      {
        quantity: 'largest gradient of the running variance',
        measured: Math.abs(answer.ofVariance),
        allowed: 0,
      },
    ];
  },
});
