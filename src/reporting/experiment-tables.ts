import { minus } from './minus.ts';
import type { Cell, ComparisonReport, ComparisonRow, Contrast, Estimate } from '../experiments/index.ts';

type Rows = readonly (readonly string[])[];

/** Quantities of every arm, the baseline marked, differences behind the values, and references below them. */
export function comparisonTable({ arms, baseline, rows }: ComparisonReport): Rows {
  const head = ['', ...arms.map(({ name }) => nameOf(name, baseline))];
  const hasEnded = (arm: string): boolean =>
    arms.some(({ name, runs }) => name === arm && runs.some(({ status }) => status === 'done'));
  const cell = (one: Cell): string => (hasEnded(one.arm) ? cellText(one) : 'failed');
  return [head, ...rows.flatMap((row) => [[row.label, ...row.cells.map(cell)], ...referenceRow(row)])];
}

/** Effects of each factor alone and of combinations, with their interactions, a row a quantity. */
export function decompositionTable({ decomposition }: ComparisonReport): Rows {
  const [first] = decomposition;
  if (first === undefined) return [];
  const name = (factors: readonly string[]): string => factors.join(' + ');
  const heads = first.effects.flatMap(({ factors }) =>
    factors.length === 1 ? [`effect of ${name(factors)}`] : [`joint, ${name(factors)}`, 'interaction'],
  );
  const known = decomposition.filter(({ effects }) => effects.some(({ effect }) => effect !== undefined));
  const rows = known.map(({ label, effects }) => [
    label,
    ...effects.flatMap(({ factors, effect, interaction }) =>
      factors.length === 1 ? [contrastText(effect)] : [contrastText(effect), contrastText(interaction)],
    ),
  ]);
  return [['', ...heads], ...rows];
}

/** What each arm changes, and how its runs ended. */
export function armsTable({ arms, baseline }: ComparisonReport): Rows {
  const ended = ({ runs }: ComparisonReport['arms'][number]): string => {
    const failed = runs.filter(({ status }) => status === 'failed');
    const done = `${runs.length - failed.length} of ${runs.length} done`;
    const seeds = failed.map(({ seed, exitCode }) => `seed ${seed} failed, exit code ${exitCode ?? 'none'}`);
    return [done, ...seeds].join('; ');
  };
  return arms.map((arm) => [nameOf(arm.name, baseline), ended(arm), arm.changes.join(', ')]);
}

/** The notes that a reader of the table needs. */
export function notesOf({ seeds, rule, rows }: ComparisonReport): readonly string[] {
  const averaged = seeds.length > 1 ? ['±: standard deviation over seeds.'] : [];
  const called =
    rule === undefined
      ? []
      : seeds.length > 1
        ? [`${rule} Where the seeds explain it, it is marked ≈.`]
        : [rule];
  const referred = rows.some(({ cells }) => cells.some(({ reference }) => reference !== undefined))
    ? ['reference: what the model itself says for the configuration of the arm.']
    : [];
  return [...averaged, ...called, ...referred];
}

function nameOf(arm: string, baseline: string | undefined): string {
  return arm === baseline && arm !== 'baseline' ? `${arm} (baseline)` : arm;
}

function cellText({ estimate, difference }: Cell): string {
  if (estimate === undefined) return '–';
  if (difference === undefined) return estimateText(estimate);
  const { percent } = difference;
  const share = percent === undefined ? '' : `, ${signed(Number(percent.toPrecision(2)))} %`;
  return `${estimateText(estimate)} (${contrastText(difference)}${share})`;
}

function estimateText({ mean, deviation }: Estimate): string {
  return deviation === undefined
    ? digits(mean)
    : `${digits(mean)} ± ${digits(Number(deviation.toPrecision(2)))}`;
}

function contrastText(contrast: Contrast | undefined): string {
  if (contrast === undefined) return '–';
  return `${contrast.isDifference === false ? '≈ ' : ''}${signed(contrast.mean)}`;
}

function referenceRow({ cells }: ComparisonRow): Rows {
  if (cells.every(({ reference }) => reference === undefined)) return [];
  return [
    ['  reference', ...cells.map(({ reference }) => (reference === undefined ? '–' : digits(reference)))],
  ];
}

/** Three digits, with a true minus sign; exponents only where zeros would be counted. */
function digits(value: number): string {
  if (!Number.isFinite(value)) return minus(String(value));
  const size = Math.abs(value);
  const isFar = size !== 0 && (size < 1e-3 || size >= 1e5);
  const text = isFar ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return minus(text);
}

function signed(value: number): string {
  return value > 0 ? `+${digits(value)}` : digits(value);
}
