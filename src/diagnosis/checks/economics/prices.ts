import { defineCheck } from '../../check.ts';
import { numberSetting } from '../../evidence/logged-run.ts';
import { alignedAt } from '../../rules/windows.ts';
import { shown, told } from '../../rules/shown.ts';
import { longestStretchOf, onsetOf, stretchOf } from '../../rules/stretch.ts';

/** K/L at which a guard of 1e-8 holds it: αA·(1e-8)^(α−1) is then the marginal product. */
const FLOOR = 1e-8;

export const prices = defineCheck({
  id: 'economics/prices',
  title: 'the return is not the marginal product of capital less depreciation',
  severity: 'sick',
  needs: { rate: ['net-return'], product: ['marginal-product-of-capital'] },
  limits: { gap: { value: 1e-3, meaning: 'of r − (mpk − δ), relative to mpk; roundings leave 1e-6' } },
  why: 'r = mpk − δ in every world, so the difference of the two logged means is δ in every row. Where it is not, something stands between the marginal product and the price: a clip ([0, 0.5] was one), a floor, a price of another period.',
  advice: 'Take the clip out; count how often a guard would have acted, and stop when it does.',
  faults: ['bewley/price-clip', 'bewley/guard-silent'],
  laws: ['bewley/prices'],
  leadsTo: [
    'economics/resource-residual',
    'economics/return-stands',
    'economics/capital-labour',
    'economics/discounted-return',
  ],
  judge: ({ run, series, limits }) => {
    const [rate, product] = [series.rate[0], series.product[0]];
    if (rate === undefined || product === undefined) return [];
    const rows = alignedAt([rate, product]);
    const gaps = rows.flatMap(({ points: [r, mpk] }) =>
      r === undefined || mpk === undefined ? [] : { ...r, value: mpk.value - r.value },
    );
    const delta = numberSetting(run, 'technology.delta') ?? gaps[0]?.value ?? 0;
    const scale = new Map(product.points.map(({ step, value }) => [step, Math.abs(value)]));
    const stretch = longestStretchOf(
      gaps,
      (gap, { step }) => Math.abs(gap - delta) > limits.gap * Math.max(delta, scale.get(step) ?? 0),
      { length: 1 },
    );
    if (stretch === undefined) return [];
    const [first] = stretch.bad;
    const steps = new Set(stretch.bad.map(({ step }) => step));
    const clipped = rate.points.filter(({ step }) => steps.has(step));
    return [
      {
        what: `${product.logged} less ${rate.logged} is ${told(first.value)} at step ${first.step}, where depreciation is ${told(delta)}; the return is ${told(clipped[0]?.value ?? Number.NaN)} there`,
        ...onsetOf(stretch),
        evidence: shown(rate, clipped),
      },
    ];
  },
});

export const returnStands = defineCheck({
  id: 'economics/return-stands',
  title: 'the return stands still at one number',
  severity: 'sick',
  needs: { rate: ['net-return', 'marginal-product-of-capital'] },
  limits: { rows: { value: 3, meaning: 'rows in succession with one return, to six digits' } },
  why: 'Capital and labour of sampled agents move, and the return with them. One that stands at a round number is held by a clip; one of αA·(1e-8)^(α−1), 75,598.66 at α = 0.33, by a floor under K/L.',
  advice: 'Take the clip or the floor out, and find why capital or labour went there.',
  faults: ['bewley/price-clip', 'bewley/guard-silent'],
  laws: ['bewley/prices', 'bewley/domain'],
  leadsTo: ['economics/capital-labour', 'economics/discounted-return'],
  judge: ({ run, series, limits }) =>
    series.rate.flatMap((rate) => {
      const still = rate.points.filter(({ value }, index) => {
        const before = rate.points[index - 1];
        return before !== undefined && Math.abs(value - before.value) <= 1e-6 * Math.abs(value);
      });
      const steps = new Set(still.map(({ step }) => step));
      const stretch = stretchOf(rate.points, (_value, { step }) => steps.has(step), { length: limits.rows });
      if (stretch === undefined) return [];
      const [first] = stretch.bad;
      const alpha = numberSetting(run, 'technology.alpha') ?? 0.33;
      const productivity = numberSetting(run, 'technology.productivity') ?? 1;
      const floor = alpha * productivity * FLOOR ** (alpha - 1);
      const isFloor = Math.abs(first.value / floor - 1) < 1e-3;
      return [
        {
          what: `${rate.logged} is ${told(first.value)} at ${stretch.bad.length} rows from step ${first.step} on${isFloor ? ', the return at K/L = 1e-8: a floor' : ': a clip'}`,
          ...onsetOf(stretch),
          evidence: shown(rate, stretch.bad),
          faults: isFloor
            ? ['bewley/guard-silent', 'bewley/price-clip']
            : ['bewley/price-clip', 'bewley/guard-silent'],
        },
      ];
    }),
});
