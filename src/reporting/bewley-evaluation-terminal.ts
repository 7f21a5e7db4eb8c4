import { minus } from './minus.ts';
import { table } from './table.ts';

interface Quantity {
  readonly mean: number | null;
  readonly standardError: number | null;
  readonly last: number | null;
  readonly reference: number;
  readonly relativeDeviation: number | null;
}

interface EulerErrors {
  readonly mean: number | null;
  readonly percentile99: number | null;
  readonly maximum: number | null;
  readonly agents: number;
  readonly shareExcluded: number;
  readonly shareShouldSave: number;
  readonly probabilityLeftOut: number;
}

interface Deviation {
  readonly mean: number;
  readonly percentile99: number;
  readonly largest: number;
}

type QuantityName = (typeof QUANTITIES)[number][0];

/** How far a policy of the Bewley economy is from the reference solution, as data. */
export interface BewleyEvaluationData {
  readonly economy: {
    readonly worlds: number;
    readonly agents: number;
    readonly periods: number;
    readonly averaged: number;
  };
  readonly quantities: Readonly<Record<QuantityName, Quantity>>;
  readonly referenceSavesNothing: number;
  readonly fluctuation: { readonly overPeriods: number | null; readonly acrossWorlds: number | null };
  readonly guards: {
    readonly resource: { readonly largest: number; readonly inRoundoffs: number };
    readonly capitalFloored: number;
    readonly laborFloored: number;
    readonly marginalReturnLargest: number;
  };
  readonly euler: {
    readonly draws: number;
    readonly samplingError: number | null;
    readonly ergodic: EulerErrors;
    readonly heldOut: EulerErrors;
    readonly reference: Pick<EulerErrors, 'mean' | 'percentile99' | 'maximum'> | null;
  };
  readonly conditions: {
    readonly complementarity: { readonly mean: number; readonly byWealth: number | null };
    readonly labor: { readonly mean: number; readonly percentile99: number };
  };
  readonly policies: {
    readonly deviations: Readonly<Record<'consumption' | 'labor' | 'savingsRatio', Deviation>> | null;
    readonly withoutReference: string | null;
  };
}

const QUANTITIES = [
  ['capitalLabor', 'K/L'],
  ['capital', 'capital K'],
  ['wage', 'wage w'],
  ['mpk', 'marginal product of capital'],
  ['rate', 'return r, net'],
  ['discountedReturn', 'β (1 + r)'],
  ['labor', 'labour, mean n'],
  ['consumption', 'consumption C'],
  ['savingsRatio', 'savings ratio s, mean a′ / mean m'],
  ['savingsRatioMean', 'mean of a′/m'],
  ['shareConstrained', 'constrained: a′/m below 1 %'],
  ['giniWealth', 'Gini of wealth'],
  ['top5', 'wealth of the top 5 %'],
  ['top1', 'wealth of the top 1 %'],
  ['ability', 'mean ability'],
] as const;

/** An evaluation as tables: quantities, Euler errors, choices; and what was left out. */
export function bewleyEvaluationTerminal({
  economy,
  quantities,
  referenceSavesNothing,
  fluctuation,
  guards,
  euler,
  conditions,
  policies,
}: BewleyEvaluationData): string {
  const { worlds, agents, periods, averaged } = economy;
  const rows = QUANTITIES.map(([name, label]) => {
    const { mean, standardError, last, reference, relativeDeviation } = quantities[name];
    return [
      label,
      digits(mean),
      digits(standardError, 2),
      digits(last),
      digits(reference),
      percent(relativeDeviation),
    ];
  });
  const logs = ({
    mean,
    percentile99,
    maximum,
  }: EulerErrors | Pick<EulerErrors, 'mean' | 'percentile99' | 'maximum'>) =>
    [mean, percentile99, maximum].map((log10) => (log10 === null ? 'none' : minus(log10.toFixed(2))));
  const { ergodic, heldOut } = euler;
  const states = (name: string, errors: EulerErrors): readonly string[] => [
    name,
    ...logs(errors),
    percent(errors.shareExcluded, ''),
    percent(errors.shareShouldSave, ''),
  ];
  const { deviations } = policies;
  const choice = (
    label: string,
    unit: (size: number) => string,
    { mean, percentile99, largest }: Deviation,
  ) => [label, ...[mean, percentile99, largest].map(unit)];
  const share = (size: number): string => percent(size, '');
  return [
    `${worlds} worlds of ${agents} agents, ${periods} periods without redraws; means over the last ${averaged}`,
    table([['', 'network', '± error', 'last', 'reference', 'deviation'], ...rows], '  '),
    `  (K/L of a world moves by ${digits(fluctuation.overPeriods, 2)} over periods, and its mean by ${digits(fluctuation.acrossWorlds, 2)} between worlds; of the reference ${percent(referenceSavesNothing, '')} save nothing at all)`,
    `  resources missed by at most ${exponential(guards.resource.largest)}, ${guards.resource.inRoundoffs.toFixed(0)} roundoffs; floors in use: ${floorsOf(guards)}; largest h ${digits(guards.marginalReturnLargest)}`,
    '',
    'Euler errors in units of consumption, log10',
    table(
      [
        ['', 'of the mean', '99 %', 'largest', 'constrained', 'of them should save'],
        states('ergodic states', ergodic),
        states('held-out states', heldOut),
        ...(euler.reference === null ? [] : [['reference, on its grid', ...logs(euler.reference)]]),
      ],
      '  ',
    ),
    `  (left out: constrained agents; stars that are born, or stop two at a time, at most ${exponential(Math.max(ergodic.probabilityLeftOut, heldOut.probabilityLeftOut))} a world and period; ${euler.draws} joint draws leave ${exponential(euler.samplingError)} of sampling)`,
    '',
    'Conditions and choices on ergodic states',
    table(
      [
        ['', 'mean', '99 %', 'largest'],
        ['labour condition, n/n* − 1', share(conditions.labor.mean), share(conditions.labor.percentile99)],
        ['|φ(s, 1 − h)|', exponential(conditions.complementarity.mean)],
        ['  by wealth', exponential(conditions.complementarity.byWealth)],
        ...(deviations === null
          ? []
          : [
              choice('consumption against the reference', share, deviations.consumption),
              choice('labour against the reference', share, deviations.labor),
              choice(
                'savings ratio less that of the reference',
                (size) => digits(size, 2),
                deviations.savingsRatio,
              ),
            ]),
      ],
      '  ',
    ),
    ...(policies.withoutReference === null ? [] : [`  (${policies.withoutReference})`]),
  ].join('\n');
}

function floorsOf({ capitalFloored, laborFloored }: BewleyEvaluationData['guards']): string {
  const used = [['capital', capitalFloored] as const, ['effective labour', laborFloored] as const].filter(
    ([, share]) => share > 0,
  );
  if (used.length === 0) return 'none';
  return used.map(([name, share]) => `${name} ${percent(share, '')} of worlds and periods`).join(', ');
}

function digits(value: number | null, count = 4): string {
  if (value === null) return 'none';
  const isTiny = value !== 0 && Math.abs(value) < 1e-4;
  return minus(isTiny ? value.toExponential(count - 1) : String(Number(value.toPrecision(count))));
}

function exponential(value: number | null): string {
  if (value === null) return 'none';
  return value === 0 ? '0' : minus(value.toExponential(1));
}

/** Two digits after the point; a deviation has its sign. */
function percent(share: number | null, plus = '+'): string {
  if (share === null) return 'none';
  const value = 100 * share;
  const text = Math.abs(value) >= 999.5 ? value.toExponential(1) : value.toFixed(2);
  return `${value > 0 ? plus : ''}${minus(text)} %`;
}
