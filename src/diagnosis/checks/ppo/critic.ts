import { defineCheck } from '../../check.ts';
import { beyond } from '../../rules/beyond.ts';
import { shown, told } from '../../rules/shown.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import type { Point, Series } from '../../evidence/series.ts';
import { alignedAt, behindStart, lateOf, levelOf } from '../../rules/windows.ts';

/** Of the loss of the first row. */
const SOLVED = 1e-3;

export const zeroPredictor = defineCheck({
  id: 'ppo/zero-predictor',
  title: 'the critic predicts nothing: its loss is the mean square of the returns',
  severity: 'sick',
  needs: { ratio: ['value-loss-over-square/*'] },
  limits: {
    distance: { value: 0.02, meaning: 'of the ratio of the two from 1' },
    rows: { value: 3, meaning: 'rows in succession' },
  },
  why: 'A critic that says 0 has a loss of E[R²]/2 whatever happens: a batch that is merged into one sample leaves n − 1 predictions at 0. Its loss then grows as the returns do, and no weight or clip changes that.',
  advice:
    'Assert equal shapes of values and targets; hold a batch of n against n batches of one, row by row.',
  faults: ['ppo/batch-collapse', 'ppo/value-clip-absolute', 'ppo/value-clip-relative-at-zero'],
  laws: ['ppo/value-loss', 'ppo/value-scale', 'ppo/minibatches'],
  leadsTo: [
    'ppo/explained-variance',
    'ppo/loss-growth',
    'ppo/loss-up-return-down',
    'general/divergence',
    'ppo/head-share',
    'general/plateau',
  ],
  judge: ({ run, series, limits }) => {
    // One head among several may have hard targets; the one that has most of the loss decides.
    const heads = series.ratio.flatMap((one) => {
      const loss = run.series.get(one.name.replace('value-loss-over-square/', 'value-loss/'));
      // A loss that has all but gone is that of a critic that is right.
      const [begin] = loss?.points ?? [];
      if (
        loss !== undefined &&
        begin !== undefined &&
        levelOf(lateOf(loss.points, 0.2)) < SOLVED * begin.value
      )
        return [];
      const stretch = stretchOf(one.points, (value) => Math.abs(value - 1) <= limits.distance, {
        length: limits.rows,
      });
      return stretch === undefined ||
        stretch.until !== undefined ||
        stretch.bad.length < 0.6 * one.points.length
        ? []
        : { one, stretch };
    });
    if (heads.length * 2 < series.ratio.length) return [];
    return heads.map(({ one, stretch }) => ({
      what: `${one.logged} is ${told(stretch.bad.at(-1)?.value ?? 1)} to the end, within ${limits.distance} of 1 at ${stretch.bad.length} rows`,
      ...onsetOf(stretch),
      evidence: shown(one, stretch.bad),
    }));
  },
});

export const explainedVariance = defineCheck({
  id: 'ppo/explained-variance',
  title: 'the critic explains less than nothing of the returns',
  severity: 'suspect',
  needs: { variance: ['explained-variance', 'explained-variance/*'] },
  limits: {
    sick: { value: -0.5, meaning: 'of 1 − Var(R − V)/Var(R), behind the first third' },
    suspect: { value: 0, meaning: 'the same; a critic that says one number has 0' },
  },
  why: 'Below 0 the values are worse than a constant. Computed over shapes that broadcast to n×n, a perfect critic has −1; one exactly 0 in every row is a constant prediction.',
  advice:
    'Compute it over equal shapes; if it is right, look at the targets (are they normalised and the values not?).',
  faults: ['ppo/explained-variance-broadcast', 'ppo/returns-batch-z', 'ppo/popart-head-kept'],
  laws: ['ppo/explained-variance', 'ppo/preserved-values', 'ppo/target-moments'],
  judge: ({ run, series, limits }) =>
    series.variance.flatMap((one) => {
      const points = behindStart(one.points, 1 / 3);
      // Returns that hardly differ, as those of a solved task, leave nothing to explain for a while.
      const lasting = hasLearnt(run)
        ? { length: Math.max(5, Math.ceil(MOST * points.length)), share: MOST }
        : { length: Math.max(5, Math.ceil(LASTING * one.points.length)) };
      const sick = beyond(one, { side: 'below', sick: limits.sick, points, ...lasting });
      return sick.length > 0
        ? sick
        : beyond(one, { side: 'below', suspect: limits.suspect, points, length: 5 });
    }),
});

/** Of the rows, those that make a critic worse than none. */
const LASTING = 0.1;

/** The same where the loss says that it is a good one. */
const MOST = 2 / 3;

/** Of the value loss of the first row. */
const LEARNT = 0.1;

/** Whether the value loss has come down: the critic predicts, whatever share of what is left it explains. */
function hasLearnt(run: LoggedRun): boolean {
  const losses = [...run.series.values()].filter(({ name }) => /^value-loss(\/|$)/.test(name));
  return (
    losses.length > 0 &&
    losses.every(({ points }) => {
      const [first] = points;
      return first !== undefined && levelOf(lateOf(points, 0.2)) < LEARNT * first.value;
    })
  );
}

export const headShare = defineCheck({
  id: 'ppo/head-share',
  title: 'one value head has nearly all of the value loss',
  severity: 'suspect',
  needs: { share: ['value-loss-share/*'] },
  limits: {
    sick: { value: 0.99, meaning: 'of the value loss, at two thirds of the rows' },
    suspect: { value: 0.9, meaning: 'the same' },
  },
  why: 'A component whose returns are a hundred times those of the others has the gradient to itself; sums over a growing number of nodes grow with it.',
  advice: 'Normalise returns per head, or the reward per node.',
  faults: ['ppo/sum-over-nodes', 'ppo/returns-unnormalised'],
  laws: ['ppo/reward-scale', 'ppo/target-moments', 'ppo/colony'],
  judge: ({ series, limits }) =>
    series.share.length < 2
      ? { notChecked: 'needs two heads: one has all of the loss' }
      : series.share.flatMap((one) =>
          beyond(one, {
            side: 'above',
            sick: limits.sick,
            suspect: limits.suspect,
            length: Math.max(5, Math.ceil((2 / 3) * one.points.length)),
            share: 0.9,
          }),
        ),
});

export const valueClipped = defineCheck({
  id: 'ppo/value-clipped',
  title: 'clipping leaves nearly all samples without a value gradient',
  severity: 'sick',
  needs: { clipped: ['value-clipped/*'] },
  limits: {
    sick: { value: 0.8, meaning: 'of samples' },
    suspect: { value: 0.5, meaning: 'of samples' },
  },
  why: 'The larger of the clipped and the unclipped error is never lowered by clipping: the clip only takes gradients away. A range of ±0.2 at returns of hundreds takes all of them; a relative one is empty at a value of 0.',
  advice: 'Leave value clipping out, or give it the scale of the returns.',
  faults: ['ppo/value-clip-absolute', 'ppo/value-clip-relative-at-zero'],
  laws: ['ppo/value-scale', 'ppo/value-loss'],
  leadsTo: ['ppo/zero-predictor', 'ppo/explained-variance', 'general/plateau'],
  judge: ({ run, series, limits }) => {
    const [first] = series.clipped;
    if (first === undefined) return [];
    const all = weightedMean(run, series.clipped);
    return beyond(
      { ...first, points: all },
      { side: 'above', sick: limits.sick, suspect: limits.suspect, length: 1 },
    ).map((found) => ({ ...found, what: `of all heads, by their share of the loss: ${found.what}` }));
  },
});

/** The mean of a metric of all heads, weighted by the share that each has in the value loss. */
function weightedMean(run: LoggedRun, heads: readonly Series[]): readonly Point[] {
  const shares = heads.map(({ name }) => run.series.get(name.replace('value-clipped/', 'value-loss-share/')));
  const isWeighted = shares.every((share) => share !== undefined);
  return alignedAt([...heads, ...(isWeighted ? shares : [])]).flatMap(({ points }) => {
    const [first] = points;
    const weights = isWeighted
      ? points.slice(heads.length).map(({ value }) => value)
      : heads.map(() => 1 / heads.length);
    const value = points
      .slice(0, heads.length)
      .reduce((sum, point, index) => sum + point.value * (weights[index] ?? 0), 0);
    return first === undefined ? [] : { ...first, value };
  });
}

/** Of the rows of the second half. */
const LATE_SHARE = 0.7;

export const explainedVarianceComputed = defineCheck({
  id: 'ppo/explained-variance-computed',
  title: 'the explained variance is not that of the losses beside it',
  severity: 'sick',
  needs: { variance: ['explained-variance/*'], loss: ['value-loss/*'], deviation: ['target-deviation/*'] },
  limits: {
    gap: { value: 0.5, meaning: 'below 1 − 2·loss/Var(target), which the same update gives' },
    rows: { value: 5, meaning: 'rows of the second half, at least; seven tenths of them must be wrong' },
  },
  why: 'Half the mean square of the error and the variance of the targets give the explained variance, up to the bias of the critic and what an update changes. Over shapes that broadcast to n×n a perfect critic has −1.',
  advice: 'Assert equal shapes where it is computed.',
  faults: ['ppo/explained-variance-broadcast'],
  laws: ['ppo/explained-variance'],
  leadsTo: ['ppo/explained-variance'],
  judge: ({ run, series, limits }) =>
    series.variance.flatMap((one) => {
      const part = one.name.replace('explained-variance/', '');
      const [loss, deviation] = [
        run.series.get(`value-loss/${part}`),
        run.series.get(`target-deviation/${part}`),
      ];
      if (loss === undefined || deviation === undefined) return [];
      const gaps = alignedAt([one, loss, deviation]).flatMap(({ points: [variance, error, spread] }) =>
        variance === undefined || error === undefined || spread === undefined || spread.value === 0
          ? []
          : { ...variance, value: 1 - (2 * error.value) / spread.value ** 2 - variance.value },
      );
      const late = behindStart(gaps, 0.5);
      const wrong = late.filter(({ value }) => value > limits.gap);
      if (late.length < limits.rows || wrong.length < LATE_SHARE * late.length) return [];
      const stretch = stretchOf(gaps, (gap) => gap > limits.gap, { length: limits.rows, share: LATE_SHARE });
      if (stretch === undefined) return [];
      const steps = new Set(stretch.bad.map(({ step }) => step));
      const rows = one.points.filter(({ step }) => steps.has(step));
      return [
        {
          what: `${one.logged} is ${told(rows.at(-1)?.value ?? Number.NaN)} at the end, where its loss gives ${told((rows.at(-1)?.value ?? Number.NaN) + (stretch.bad.at(-1)?.value ?? 0))}`,
          onset: onsetOf(stretch).onset,
          evidence: shown(one, rows),
        },
      ];
    }),
});
