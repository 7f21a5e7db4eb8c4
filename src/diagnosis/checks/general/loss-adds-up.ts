import { defineCheck } from '../../check.ts';
import { numberSetting } from '../../evidence/logged-run.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import type { Point, Series } from '../../evidence/series.ts';
import type { Found } from '../../finding.ts';
import { shown, told } from '../../rules/shown.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import { alignedAt } from '../../rules/windows.ts';

/** Parts of a loss, with the key of their weight. */
const PARTS = [
  [
    ['residual-is', 'loss.weights.is'],
    ['residual-phillips', 'loss.weights.phillips'],
  ],
  [
    ['residual-complementarity', 'loss.weights.complementarity'],
    ['residual-euler', 'loss.weights.euler'],
    ['residual-labour', 'loss.weights.labor'],
  ],
  // Of an agent the loss without weights is that of its critic.
  [['value-loss', undefined]],
] as const;

const FAULTS = [
  'nk/residual-weight',
  'bewley/loss-weight',
  'training/weight-change-read-as-progress',
  'bewley/weight-change-read-as-progress',
  'ppo/compared-by-total',
  'training/int-mean',
] as const;

/** By the number of parts, the fault that leaves weights in a sum that is to have none. */
const WEIGHTED: ReadonlyMap<number, string> = new Map([
  [1, 'ppo/compared-by-total'],
  [2, 'training/weight-change-read-as-progress'],
  [3, 'bewley/weight-change-read-as-progress'],
]);

export const lossAddsUp = defineCheck({
  id: 'general/loss-adds-up',
  title: 'the loss is not the sum of its equations',
  severity: 'sick',
  needs: { unweighted: ['loss-unweighted'] },
  limits: {
    share: {
      value: 0.01,
      meaning: 'of the sum; the logged parts are those of the same batch, roundings apart',
    },
  },
  why: 'The loss without weights is the sum of the residuals of the equations, and the total their sum with the configured weights. Another total says that a weight is not the one that is configured; another sum, that what is compared between runs has weights in it, or is computed from whole numbers.',
  advice: 'Compare the weights in the code with the configuration; log the parts before they are weighted.',
  faults: FAULTS,
  laws: [
    'nk/equation-weights',
    'bewley/loss',
    'training/unweighted-loss',
    'training/constants',
    'ppo/unweighted-value-loss',
  ],
  leadsTo: ['economics/equation-balance', 'general/exact-zero', 'general/constant', 'general/plateau'],
  judge: ({ run, series, limits }) => {
    const unweighted = series.unweighted[0];
    const parts = PARTS.map((names) =>
      names.flatMap(([name, key]) => {
        const one = run.series.get(name);
        return one === undefined ? [] : { one, key };
      }),
    ).find((found, index) => found.length === PARTS[index]?.length);
    if (unweighted === undefined) return [];
    if (parts === undefined)
      return {
        notChecked: `needs the residual of every equation (tried ${PARTS.flat()
          .map(([name]) => name)
          .join(', ')})`,
      };
    const equal = parts.map(() => 1);
    const found = notSum(
      unweighted,
      parts.map(({ one }) => one),
      equal,
      limits.share,
    );
    if (found !== undefined) {
      const isZero = unweighted.points.every(({ value }) => value === 0);
      const [likely = 'training/int-mean'] = isZero ? [] : [WEIGHTED.get(parts.length) ?? []].flat();
      return [{ ...found, faults: [likely, ...FAULTS.filter((one) => one !== likely)] }];
    }
    return [notWeighted(run, parts, limits.share) ?? []].flat();
  },
});

function notWeighted(
  run: LoggedRun,
  parts: readonly { one: Series; key: string | undefined }[],
  share: number,
): Found | undefined {
  const total = run.series.get('loss');
  // Agents that count by what they own make another mean of each residual than the one that is logged.
  if ((numberSetting(run, 'loss.byWealth') ?? 0) !== 0) return undefined;
  const weights = parts.map(({ key }) => (key === undefined ? undefined : numberSetting(run, key)));
  if (total === undefined || !weights.every((weight) => weight !== undefined)) return undefined;
  const found = notSum(
    total,
    parts.map(({ one }) => one),
    weights,
    share,
  );
  if (found === undefined) return undefined;
  const isZero = parts.every(({ one }) => one.points.every(({ value }) => value === 0));
  const likely = isZero
    ? 'training/int-mean'
    : parts.length === 3
      ? 'bewley/loss-weight'
      : 'nk/residual-weight';
  return { ...found, faults: [likely, ...FAULTS.filter((one) => one !== likely)] };
}

/** Where a series is not the weighted sum of others. */
function notSum(
  sum: Series,
  parts: readonly Series[],
  weights: readonly number[],
  share: number,
): Found | undefined {
  const rows = alignedAt([sum, ...parts]).flatMap(
    ({ points: [whole, ...others] }): (Point & { expected: number })[] => {
      if (whole === undefined) return [];
      const terms = others.map(({ value }, index) => value * (weights[index] ?? 1));
      const expected = terms.reduce((total, term) => total + term, 0);
      const size = terms.reduce((total, term) => total + Math.abs(term), 0);
      return [
        { ...whole, expected, value: size === 0 && whole.value === 0 ? 0 : (whole.value - expected) / size },
      ];
    },
  );
  const stretch = stretchOf(rows, (gap) => Math.abs(gap) > share, { length: 3 });
  if (stretch === undefined) return undefined;
  const steps = new Set(stretch.bad.map(({ step }) => step));
  const [at] = rows.filter(({ step }) => steps.has(step));
  const there = sum.points.filter(({ step }) => steps.has(step));
  return {
    what: `${sum.logged} is ${told(there[0]?.value ?? Number.NaN)} at step ${stretch.bad[0].step}, where ${parts.map(({ logged }) => logged).join(' + ')}${weights.some((weight) => weight !== 1) ? ` with weights ${weights.map(told).join(', ')}` : ''} give ${told(at?.expected ?? Number.NaN)}`,
    ...onsetOf(stretch),
    evidence: shown(sum, there),
  };
}
