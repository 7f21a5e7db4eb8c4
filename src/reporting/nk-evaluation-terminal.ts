import { minus } from './minus.ts';
import { table } from './table.ts';

interface RelativeError {
  readonly rootMeanSquare: number;
  readonly worst: number;
}

interface Accuracy {
  readonly output: RelativeError;
  readonly inflation: RelativeError;
}

interface AccuracyAtPoint extends Accuracy {
  readonly baseline: Accuracy;
  readonly withinDomain: boolean;
}

interface Quantiles {
  readonly median: number;
  readonly percentile99: number;
  readonly maximum: number;
}

/** How far a policy of the New Keynesian model is from its closed form, as data. */
export interface NkEvaluationData {
  readonly prior: Accuracy;
  readonly baseline: Accuracy;
  /** Distances from the steady state in ergodic deviations, signed. */
  readonly distances: readonly (AccuracyAtPoint & { readonly deviations: number })[];
  /** Absolute states, and how many ergodic deviations they are over the prior. */
  readonly states: readonly (AccuracyAtPoint & {
    readonly zeta: number;
    readonly deviations: readonly [smallest: number, largest: number];
  })[];
  /** log₁₀ of absolute residuals. */
  readonly residuals: { readonly is: Quantiles; readonly phillips: Quantiles };
}

/** An evaluation as two tables: relative errors against the closed form, and residuals. */
export function nkEvaluationTerminal({
  prior,
  baseline,
  distances,
  states,
  residuals,
}: NkEvaluationData): string {
  const points = [
    ...distances.map((at) => ({ name: `ζ = ${signed(at.deviations)} sd`, at, reach: '' })),
    ...states.map((at) => ({
      name: `ζ = ${signed(at.zeta)}`,
      at,
      reach: `${at.deviations.map((distance) => distance.toFixed(distance < 10 ? 1 : 0)).join(' to ')} sd`,
    })),
  ];
  const errors = [
    ['', 'over the prior', '', '', '', 'at the baseline', '', '', ''],
    ['', 'X', 'worst', 'Π', 'worst', 'X', 'worst', 'Π', 'worst'],
    ['ζ ergodic', ...errorsOf(prior), ...errorsOf(baseline)],
    ...points.map(({ name, at, reach }) => [
      name,
      ...errorsOf(at),
      // One economy at one state: its worst case is itself.
      ...errorsOf(at.baseline).map((error, column) => (column % 2 === 0 ? error : '')),
      [reach, at.withinDomain ? '' : 'outside the training domain'].filter((part) => part !== '').join(', '),
    ]),
  ];
  const quantiles = ({ median, percentile99, maximum }: Quantiles): readonly string[] =>
    [median, percentile99, maximum].map((value) => minus(value.toFixed(2)));
  return [
    'Error against the closed form, root mean square and worst case, over the root mean square of the exact control',
    table(errors, '  '),
    '  (sd: ergodic standard deviation of ζ, for the parameters of each economy)',
    '',
    'Residuals on ergodic states over the prior, log10 of their absolute values',
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

function errorsOf({ output, inflation }: Accuracy): readonly string[] {
  return [output.rootMeanSquare, output.worst, inflation.rootMeanSquare, inflation.worst].map(percent);
}

/** Three digits, never an exponent; what is not a number says so. */
function percent(share: number): string {
  if (!Number.isFinite(share)) return String(share);
  const value = 100 * share;
  if (value >= 999.5) return `${value.toFixed(0)} %`;
  // Single precision resolves no less of a control.
  return value < 1e-5 ? '< 0.00001 %' : `${value.toPrecision(3)} %`;
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : minus(String(value));
}
