import { againstReference } from './against-reference.ts';

const relative = (level: number, expected: number): number => Math.abs(level / expected - 1);
const apart = (level: number, expected: number): number => Math.abs(level - expected);

const EULER_FAULTS = [
  'bewley/euler-wealth-term',
  'bewley/euler-gross-return',
  'bewley/euler-exponents',
  'bewley/wealth-tax-base',
  'bewley/outputs-swapped',
  'bewley/hoarders',
  'bewley/labor-foc-sign',
  'bewley/labor-foc-divisor',
] as const;

export const capitalLabour = againstReference({
  id: 'economics/capital-labour',
  title: 'capital over labour is far from the solution of the economy',
  metric: 'capital-labour',
  limit: { value: 0.2, meaning: 'relative; healthy runs of this length end within it' },
  expected: ({ capitalLabor }) => capitalLabor,
  sampled: { ability: 1, wealth: 1 },
  distance: relative,
  why: 'A low loss is not a solution: with exact formulas and an unweighted loss a training ended at K/L = 12.7 where 6.0 is right, with a loss of 1e-4. The stationary equilibrium of the configuration in the log is solved without a network, and K/L held against it.',
  advice:
    'Where the loss is small, the conditions are wrong or too weak: test the Euler residual; weight residuals by wealth, and draw worlds afresh. Where it is not, train on.',
  faults: EULER_FAULTS,
  laws: [
    'bewley/euler-residual',
    'bewley/taxes',
    'bewley/labor-foc',
    'bewley/complementarity',
    'bewley/budget',
    'bewley/controls',
    'bewley/trained-capital',
  ],
  experiment: 'plumbline experiment over-saving',
  leadsTo: ['economics/discounted-return', 'economics/labour-level'],
});

export const discountedReturn = againstReference({
  id: 'economics/discounted-return',
  title: 'β(1 + r) is far from the solution of the economy',
  metric: 'net-return',
  limit: { value: 0.05, meaning: 'of β(1 + r); the precaution of households moves it by less than 0.02' },
  expected: ({ discountedReturn: value }) => value,
  // d(1 + r) = −(1 − α)(r + δ) d ln(K/L)
  sampled: ({ preferences: { beta }, technology: { alpha } }, { mpk }) => {
    const share = beta * (1 - alpha) * mpk;
    return { ability: share, wealth: share };
  },
  distance: apart,
  of: (rate, beta) => beta * (1 + rate),
  why: 'Households dissave without end where β(1 + r) is below what holds them, and save without end above it: with r net of depreciation it is just below 1 in every economy with risk and no tax.',
  advice:
    'Check that r is net of depreciation in the Euler residual, and that taxes enter it where they enter the budget.',
  faults: ['bewley/euler-gross-return', 'bewley/euler-wealth-term', 'bewley/price-clip'],
  laws: ['bewley/euler-residual', 'bewley/prices'],
});

export const labourLevel = againstReference({
  id: 'economics/labour-level',
  title: 'labour is far from the solution of the economy',
  metric: 'labour',
  limit: { value: 0.15, meaning: 'relative; hours differ by less between economies that are solved' },
  expected: ({ labor }) => labor,
  sampled: { ability: 0.5, wealth: 0 },
  distance: relative,
  why: 'Labour is chosen within a period and learnt first: it depends little on how far capital has come.',
  advice:
    'Differentiate the objective in n again; look at the divisor 1 + τ_c and at the retention of income.',
  faults: ['bewley/labor-foc-divisor', 'bewley/labor-foc-sign', 'bewley/retention-divisor'],
  laws: ['bewley/labor-foc', 'bewley/labor-optimum', 'bewley/taxes'],
  leadsTo: ['economics/capital-labour'],
});

export const savingsRatio = againstReference({
  id: 'economics/savings-pinned',
  title: 'agents save next to nothing, or next to everything',
  metric: 'aggregate-savings-ratio',
  limit: { value: 0.25, meaning: 'of money disposable, away from the solution' },
  expected: ({ savingsRatio: value }) => value,
  distance: apart,
  why: 'Consumption of 60 times the savings, and savings of 99 %, are the two ways in which a wrong Euler residual or a wrong budget ends.',
  advice: 'Run the controlled comparison: without taxes, with proportional ones, without the clip.',
  faults: [
    'bewley/euler-wealth-term',
    'bewley/wealth-tax-base',
    'bewley/euler-exponents',
    'bewley/complementarity-sign',
  ],
  laws: ['bewley/euler-residual', 'bewley/taxes', 'bewley/complementarity', 'bewley/budget'],
  experiment: 'plumbline experiment under-saving',
});

export const constrainedShare = againstReference({
  id: 'economics/constrained',
  title: 'most households are at the borrowing constraint',
  metric: 'constrained-share',
  limit: { value: 0.5, meaning: 'of households, more than in the solution' },
  expected: ({ shareConstrained }) => shareConstrained,
  distance: (level, expected) => level - expected,
  why: 'Euler errors are taken over households that are not constrained: where nearly all are, a small error says nothing.',
  advice: 'Count the households over which an error is taken; look at what drove wealth to zero.',
  faults: ['bewley/hoarders', 'bewley/euler-wealth-term', 'bewley/wealth-tax-base'],
  laws: ['bewley/euler-residual', 'bewley/loss', 'bewley/trained-capital', 'bewley/budget'],
});

export const topShare = againstReference({
  id: 'economics/top-share',
  title: 'a few households own nearly everything',
  metric: 'top5-share',
  limit: { value: 0.35, meaning: 'of wealth, more than in the solution' },
  expected: ({ topShares }) => topShares.top5,
  distance: (level, expected) => level - expected,
  why: 'Residuals that count every household alike are met by a few hoarders and many who own nothing: all conditions hold, at twice the capital.',
  advice: 'Weight residuals by wealth, and draw worlds afresh, so that all levels of wealth are visited.',
  faults: ['bewley/hoarders', 'bewley/two-savings-per-shock', 'bewley/agent-order'],
  laws: ['bewley/loss', 'bewley/trained-capital', 'bewley/committed-state', 'bewley/agent-order'],
  leadsTo: [
    'economics/capital-labour',
    'economics/discounted-return',
    'economics/constrained',
    'economics/labour-level',
  ],
});
