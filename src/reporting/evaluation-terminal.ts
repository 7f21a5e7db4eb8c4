import { table } from './table.ts';

interface Accuracy {
  readonly output: { readonly rootMeanSquare: number; readonly worst: number };
  readonly inflation: { readonly rootMeanSquare: number; readonly worst: number };
}

interface Quantiles {
  readonly median: number;
  readonly percentile99: number;
  readonly maximum: number;
}

/** How far a policy is from the closed form of its model, as data. */
export interface PolicyEvaluation {
  readonly prior: Accuracy;
  readonly baseline: Accuracy;
  readonly distances: readonly (Accuracy & {
    readonly deviations: number;
    readonly withinDomain: boolean;
  })[];
  readonly residuals: { readonly is: Quantiles; readonly phillips: Quantiles };
}

/** An evaluation as two tables: errors against the closed form, and residuals. */
export function evaluationTerminal({ prior, baseline, distances, residuals }: PolicyEvaluation): string {
  const errors = (label: string, { output, inflation }: Accuracy, note = ''): readonly string[] => [
    label,
    percent(output.rootMeanSquare),
    percent(output.worst),
    percent(inflation.rootMeanSquare),
    percent(inflation.worst),
    note,
  ];
  const rows = [
    ['', 'X', 'worst', 'Π', 'worst'],
    errors('prior, ergodic ζ', prior),
    errors('baseline, ergodic ζ', baseline),
    ...distances.map((at) =>
      errors(
        `prior, ζ at ${at.deviations > 0 ? '+' : '−'}${Math.abs(at.deviations)} sd`,
        at,
        at.withinDomain ? '' : 'outside the training domain',
      ),
    ),
  ];
  const quantiles = ({ median, percentile99, maximum }: Quantiles): readonly string[] =>
    [median, percentile99, maximum].map((value) => value.toFixed(2));
  return [
    'Error against the closed form, relative to the root mean square of the exact control',
    table(rows, '  '),
    '',
    'Residuals on ergodic states over the prior, log10 of the absolute value',
    table(
      [
        ['', 'median', '99 %', 'largest'],
        ['IS', ...quantiles(residuals.is)],
        ['Phillips', ...quantiles(residuals.phillips)],
      ],
      '  ',
    ),
  ].join('\n');
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toPrecision(3)} %` : String(share);
}
