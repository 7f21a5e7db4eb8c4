import { minus } from './minus.ts';
import { table } from './table.ts';

/** A stationary equilibrium of the Bewley economy as data. */
export interface BewleySolutionData {
  readonly method: 'endogenous-grid' | 'steady-state';
  readonly capitalLabor: number;
  readonly capital: number;
  readonly labor: number;
  readonly effectiveLabor: number;
  readonly output: number;
  readonly wage: number;
  readonly mpk: number;
  readonly consumption: number;
  readonly revenue: number;
  readonly savingsRatio: number;
  readonly savingsRatioMean: number;
  readonly shareConstrained: number;
  readonly giniWealth: number;
  readonly topShares: { readonly top1: number; readonly top5: number; readonly top10: number };
  readonly discountedReturn: number;
  readonly residuals: { readonly resource: number; readonly market: number };
  readonly euler?: {
    readonly mean: number;
    readonly percentile99: number;
    readonly maximum: number;
    readonly shareExcluded: number;
  };
  readonly grid?: { readonly nodes: number; readonly points: number; readonly top: number };
  readonly iterations: { readonly prices: number; readonly policy: number; readonly distribution: number };
  readonly seconds: number;
}

type Row = readonly [label: string, cell: (solution: BewleySolutionData) => string];

const ROWS: readonly Row[] = [
  ['K/L', ({ capitalLabor }) => digits(capitalLabor)],
  ['capital K', ({ capital }) => digits(capital)],
  ['labour, mean n', ({ labor }) => digits(labor)],
  ['effective labour L, mean e n', ({ effectiveLabor }) => digits(effectiveLabor)],
  ['output', ({ output }) => digits(output)],
  ['wage w', ({ wage }) => digits(wage)],
  ['marginal product of capital', ({ mpk }) => digits(mpk)],
  ['β (1 + r)', ({ discountedReturn }) => discountedReturn.toFixed(5)],
  ['consumption C', ({ consumption }) => digits(consumption)],
  ['government G', ({ revenue }) => digits(revenue)],
  ['savings ratio s, mean a′ / mean m', ({ savingsRatio }) => digits(savingsRatio)],
  ['mean of a′/m', ({ savingsRatioMean }) => digits(savingsRatioMean)],
  ['share who save nothing', ({ shareConstrained }) => digits(shareConstrained)],
  ['Gini of wealth', ({ giniWealth }) => digits(giniWealth)],
  [
    'wealth of the top 1, 5, 10 %',
    ({ topShares: { top1, top5, top10 } }) => [top1, top5, top10].map((share) => share.toFixed(3)).join(' '),
  ],
  ['resource residual over output', ({ residuals }) => minus(residuals.resource.toExponential(1))],
  ['market residual of K/L', ({ residuals }) => minus(residuals.market.toExponential(1))],
  [
    'Euler error, log10: mean, 99 %, largest',
    ({ euler }) =>
      euler === undefined
        ? 'none'
        : [euler.mean, euler.percentile99, euler.maximum].map((error) => minus(error.toFixed(1))).join(' '),
  ],
  ['  constrained, left out of it', ({ euler }) => (euler === undefined ? '' : digits(euler.shareExcluded))],
  [
    'grid: abilities × wealth, up to',
    ({ grid }) => (grid === undefined ? 'none' : `${grid.nodes} × ${grid.points}, ${digits(grid.top)}`),
  ],
  ['prices tried', ({ iterations }) => String(iterations.prices)],
  ['policy steps, periods', ({ iterations: { policy, distribution } }) => `${policy}, ${distribution}`],
  ['seconds', ({ seconds }) => seconds.toFixed(1)],
];

/** Solutions side by side, each under its name, and how they were found. */
export function bewleySolutionTerminal(
  solutions: readonly { readonly name: string; readonly solution: BewleySolutionData }[],
): string {
  const head = ['', ...solutions.map(({ name }) => name)];
  const rows = ROWS.map(([label, cell]) => [label, ...solutions.map(({ solution }) => cell(solution))]);
  const notes = [
    solutions.some(({ solution }) => solution.method === 'steady-state')
      ? '  (No agent has a risk: the distribution of wealth is a point for each type of agents, and the equations of the\n  steady state were solved as they are.)'
      : '',
    solutions.some(({ solution }) => solution.revenue < 0)
      ? '  (G is below 0: in these units the schedules give more than they take, and goods come from outside the economy.)'
      : '',
  ].filter((note) => note !== '');
  return [table([head, ...rows], '  '), ...notes].join('\n');
}

function digits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const isTiny = value !== 0 && Math.abs(value) < 1e-4;
  return minus(isTiny ? value.toExponential(2) : String(Number(value.toPrecision(4))));
}
