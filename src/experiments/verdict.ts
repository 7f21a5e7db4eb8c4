import type { Combination } from './combinations.ts';
import { contains } from './combinations.ts';
import type { Cell, ComparisonRow } from './comparison.ts';
import type { HealthyRange } from './plan.ts';

/** Whether an arm has the healthy value: with every seed, with none, with some; or no run of it tells. */
export type Health = 'healthy' | 'sick' | 'divided' | 'not-judged';

/** Which arm restores the healthy value of a quantity. */
export interface Verdict {
  readonly quantity: string;
  /** What is healthy, in words. */
  readonly healthy: string;
  readonly arms: readonly { readonly arm: string; readonly health: Health }[];
  /** Arms that restore it, without those that change more than another one that does. */
  readonly restoredBy: readonly string[];
  readonly conclusion: 'cause' | 'several' | 'none' | 'baseline-healthy' | 'not-judged';
  readonly sentence: string;
}

/** What a verdict rests on. */
export interface VerdictRequest {
  readonly row: ComparisonRow | undefined;
  readonly quantity: string;
  readonly healthy: HealthyRange;
  readonly baseline: string;
  readonly arms: readonly string[];
  readonly combinations: readonly Combination[];
  /** What an arm changes, in words. */
  readonly changesOf: (arm: string) => string;
}

/** Names the arm that restores the healthy value, which is the cause; says so plainly where none does, or several. */
export function judge(request: VerdictRequest): Verdict {
  const { row, quantity, healthy, baseline, combinations } = request;
  const arms = request.arms.map((arm) => ({
    arm,
    health: healthOf(
      row?.cells.find((cell) => cell.arm === arm),
      healthy,
    ),
  }));
  const of = (...healths: readonly Health[]): readonly string[] =>
    arms.filter(({ arm, health }) => arm !== baseline && healths.includes(health)).map(({ arm }) => arm);
  const restoredBy = leastOf(of('healthy'), combinations);
  const atBaseline = arms.find(({ arm }) => arm === baseline)?.health ?? 'not-judged';
  const conclusion = conclusionOf(atBaseline, restoredBy.length);
  const label = row?.label ?? quantity;
  const named = baseline === 'baseline' ? '' : ` ${baseline}`;
  const remarks = [
    remark(of('divided'), 'with some of the seeds only'),
    remark(of('not-judged'), 'not judged, since no run of it tells'),
  ];
  const told = {
    cause: () =>
      `${String(restoredBy[0])} alone restores ${label}: the cause is what it changes (${request.changesOf(restoredBy[0] ?? '')}).`,
    several: () =>
      `Several arms restore ${label}, each without the others: ${restoredBy.map((arm) => `${arm} (${request.changesOf(arm)})`).join('; ')}. The comparison does not tell them apart.`,
    none: () => `No arm restores ${label}: the cause is something that no arm changes.`,
    'baseline-healthy': () => `${label} is healthy at the baseline${named}: there is nothing to restore.`,
    'not-judged': () =>
      `Not judged: whether ${label} is healthy at the baseline${named} is not known${atBaseline === 'divided' ? ', its seeds disagree' : ''}.`,
  }[conclusion]();
  return {
    quantity,
    healthy: inWords(healthy),
    arms,
    restoredBy,
    conclusion,
    sentence: [told, ...remarks].filter((sentence) => sentence !== '').join(' '),
  };
}

function conclusionOf(baseline: Health, restoring: number): Verdict['conclusion'] {
  if (baseline === 'healthy') return 'baseline-healthy';
  if (baseline !== 'sick') return 'not-judged';
  return restoring === 0 ? 'none' : restoring === 1 ? 'cause' : 'several';
}

function healthOf(cell: Cell | undefined, healthy: HealthyRange): Health {
  const judged = (cell?.values ?? []).map((one) => isHealthy(one, healthy));
  if (judged.length === 0 || judged.includes(undefined)) return 'not-judged';
  if (judged.every((one) => one === true)) return 'healthy';
  return judged.includes(true) ? 'divided' : 'sick';
}

/** Undefined where a reference is asked for and there is none. What is not a number is not healthy. */
function isHealthy(
  { value, reference }: { readonly value: number; readonly reference?: number },
  { from = -Infinity, to = Infinity, percentOfReference }: HealthyRange,
): boolean | undefined {
  if (percentOfReference === undefined) return value >= from && value <= to;
  if (reference === undefined) return undefined;
  return 100 * Math.abs(value - reference) <= percentOfReference * Math.abs(reference);
}

/** Without arms that change all that another restoring arm does, and more. */
function leastOf(arms: readonly string[], combinations: readonly Combination[]): readonly string[] {
  const restoring = combinations.filter(({ arm }) => arms.includes(arm));
  const more = restoring.filter((one) => restoring.some((other) => contains(one, other)));
  return arms.filter((arm) => !more.some((one) => one.arm === arm));
}

function inWords({ from, to, percentOfReference }: HealthyRange): string {
  if (percentOfReference !== undefined) return `within ${percentOfReference} % of the reference`;
  if (to === undefined) return `at least ${from ?? -Infinity}`;
  return from === undefined ? `at most ${to}` : `from ${from} to ${to}`;
}

function remark(arms: readonly string[], what: string): string {
  return arms.length === 0 ? '' : `${arms.join(', ')}: ${what}.`;
}
