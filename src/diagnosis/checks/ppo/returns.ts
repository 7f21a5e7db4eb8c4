import { defineCheck } from '../../check.ts';
import { medianAbsoluteDeviation, spearman } from '../../../numerics/index.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';
import { valuesOf } from '../../evidence/series.ts';
import { alignedAt, earlyOf, lateOf, levelOf } from '../../rules/windows.ts';

const LOSSES = ['value-loss-raw', 'value-loss'];

/** Rows over which two series are compared. */
const WINDOW = 10;

export const lossGrowth = defineCheck({
  id: 'ppo/loss-growth',
  title: 'the value loss explodes',
  severity: 'suspect',
  needs: { loss: LOSSES },
  limits: {
    sick: { value: 5, meaning: 'times the first value, at the end' },
    suspect: { value: 3, meaning: 'the same' },
  },
  why: 'In units of the reward the value loss grows with the square of the returns, also where all is well: an agent that comes to score more has more to predict. It is a sign together with a critic that explains nothing or a return that falls.',
  advice: 'Compare the loss with the mean square of the targets, and look at the explained variance.',
  faults: [
    'ppo/batch-collapse',
    'ppo/sum-over-nodes',
    'ppo/value-clip-absolute',
    'ppo/normalisation-never-called',
  ],
  laws: ['ppo/value-loss', 'ppo/value-scale', 'ppo/reward-scale', 'ppo/target-moments', 'ppo/colony'],
  leadsTo: [],
  judge: ({ run, series, limits }) => {
    const loss = series.loss[0];
    if (loss === undefined) return [];
    const few = tooFew(loss, 5);
    if (few !== undefined) return few;
    const [first, last] = [loss.points[0]?.value ?? 0, levelOf(lateOf(loss.points, 0.1))];
    const explained = run.series.get('explained-variance');
    const level = explained === undefined ? undefined : levelOf(lateOf(explained.points, 0.2));
    // A critic that explains the returns has not exploded: they have grown.
    if (level !== undefined && level > 0.5) return [];
    const factor = last / first;
    if (!(factor > limits.suspect)) return [];
    const onset = loss.points.find(({ value }) => value > limits.suspect * first);
    return [
      {
        severity: factor > limits.sick && level !== undefined && level < 0.1 ? 'sick' : 'suspect',
        what: `${loss.logged} grows from ${told(first)} to ${told(last)}${level === undefined ? '' : `, with an explained variance of ${told(level)}`}`,
        onset: { after: loss.points[0]?.step ?? 0, by: onset?.step ?? run.lastStep },
        evidence: shown(loss, loss.points),
      },
    ];
  },
});

export const lossUpReturnDown = defineCheck({
  id: 'ppo/loss-up-return-down',
  title: 'the value loss rises while the return falls',
  severity: 'sick',
  needs: { loss: LOSSES, returned: ['return'] },
  limits: {
    correlation: {
      value: 0.6,
      meaning:
        'of rank with time over the last ten rows that have both: above for the loss, below its negative for the return',
    },
  },
  why: 'Components that nearly cancel in the total, each growing with the number of nodes, give a loss that grows while the reward falls. 36,082 → 199,489 was recorded, with rewards from +1,926 to +63.',
  advice: 'Look at the losses of the heads: which grows, and with what.',
  faults: ['ppo/batch-collapse', 'ppo/sum-over-nodes', 'ppo/value-clip-absolute'],
  laws: ['ppo/value-loss', 'ppo/reward-scale', 'ppo/value-scale', 'ppo/colony'],
  judge: ({ series, limits }) => {
    const [loss, returned] = [series.loss[0], series.returned[0]];
    if (loss === undefined || returned === undefined) return [];
    const rows = alignedAt([loss, returned]).slice(-WINDOW);
    if (rows.length < WINDOW)
      return {
        notChecked: `needs ${WINDOW} rows with ${loss.logged} and ${returned.logged}, of which the log has ${rows.length}`,
      };
    const steps = rows.map(({ points: [point] }) => point?.step ?? 0);
    const [up, down] = [0, 1].map((index) =>
      spearman(
        steps,
        rows.map(({ points }) => points[index]?.value ?? 0),
      ),
    );
    if (up === undefined || down === undefined || up <= limits.correlation || down >= -limits.correlation)
      return [];
    const points = rows.flatMap(({ points: [point] }) => point ?? []);
    const [first, last] = [points[0], points.at(-1)];
    // Noise ranks too: a loss that rises by a tenth has not exploded.
    if (first === undefined || last === undefined || !(last.value > 1.5 * first.value)) return [];
    return [
      {
        what: `over the last ${WINDOW} rows ${loss.logged} rises (rank correlation ${told(up)}) and ${returned.logged} falls (${told(down)})`,
        onset: { by: steps[0] ?? 0 },
        evidence: [
          ...shown(loss, points),
          ...shown(
            returned,
            rows.flatMap(({ points: [, point] }) => point ?? []),
          ),
        ],
      },
    ];
  },
});

export const returnFalls = defineCheck({
  id: 'ppo/return-falls',
  title: 'the return ends far below what it had reached',
  severity: 'suspect',
  needs: { returned: ['return'] },
  limits: {
    share: { value: 0.5, meaning: 'of the way from the first level to the best that is lost at the end' },
  },
  why: 'A policy that had learnt and lost it again has been updated too far, or on advantages of the wrong sign or scale.',
  advice: 'Look at KL, clip fraction and entropy where the fall begins; keep the best checkpoint.',
  faults: ['ppo/advantage-per-episode', 'ppo/clip-missing', 'ppo/entropy-sign', 'ppo/returns-batch-z'],
  laws: [
    'ppo/advantages',
    'ppo/standardised-advantages',
    'ppo/policy-loss',
    'ppo/entropy-bonus',
    'ppo/target-moments',
  ],
  judge: ({ series, limits }) => {
    const returned = series.returned[0];
    if (returned === undefined) return [];
    const few = tooFew(returned, 20);
    if (few !== undefined) return few;
    const length = Math.ceil(0.1 * returned.points.length);
    const windows = Array.from({ length: Math.floor(returned.points.length / length) }, (_, index) =>
      returned.points.slice(index * length, (index + 1) * length),
    );
    const levels = windows.map((points) => ({ points, level: levelOf(points) }));
    const best = levels.reduce((a, b) => (b.level > a.level ? b : a), {
      points: returned.points,
      level: -Infinity,
    });
    const [first, last] = [levelOf(earlyOf(returned.points, 0.1)), levelOf(lateOf(returned.points, 0.1))];
    const gained = best.level - first;
    if (!(gained > 0.2 * Math.abs(first)) || best.level - last <= limits.share * gained) return [];
    const from = best.points.at(-1);
    return [
      {
        what: `${returned.logged} goes from ${told(first)} up to ${told(best.level)} and ends at ${told(last)}`,
        onset: { after: from?.step ?? 0, by: returned.points.at(-1)?.step ?? 0 },
        evidence: shown(returned, [returned.points[0], from, returned.points.at(-1)]),
      },
    ];
  },
});

export const notLearnt = defineCheck({
  id: 'ppo/not-learnt',
  title: 'the return has not risen',
  severity: 'suspect',
  needs: { returned: ['return'] },
  limits: {
    deviations: { value: 1, meaning: 'of the first tenth, by which the last tenth must lie above it' },
  },
  why: 'An agent whose return is that of its first episodes has learnt nothing, or cannot learn more: a log of a finished agent looks the same.',
  advice: 'Try the probe environments: each isolates one fault, in seconds.',
  faults: ['ppo/discount-ignored', 'ppo/gae-no-reset', 'ppo/entropy-twice', 'ppo/minibatch-not-shuffled'],
  laws: ['ppo/advantages', 'ppo/minibatches', 'ppo/entropy-bonus'],
  judge: ({ series, limits }) => {
    const returned = series.returned[0];
    if (returned === undefined) return [];
    const few = tooFew(returned, 20);
    if (few !== undefined) return few;
    const early = earlyOf(returned.points, 0.1);
    const [first, last] = [levelOf(early), levelOf(lateOf(returned.points, 0.1))];
    const spread = medianAbsoluteDeviation(valuesOf(early), { scaled: true });
    if (spread === 0 || last > first + limits.deviations * spread) return [];
    return [
      {
        what: `${returned.logged} is ${told(first)} at the beginning and ${told(last)} at the end`,
        onset: { by: returned.points[0]?.step ?? 0 },
        evidence: shown(returned, returned.points),
      },
    ];
  },
});

export const lengthScale = defineCheck({
  id: 'ppo/length-scale',
  title: 'the value loss follows the length of episodes',
  severity: 'suspect',
  needs: { loss: LOSSES, length: ['episode-length'] },
  limits: {
    slope: { value: 1.6, meaning: 'of log loss against log length; returns of a constant reward give 2' },
    correlation: { value: 0.9, meaning: 'of rank' },
  },
  why: 'A loss that is a power of the length of episodes is the square of returns that grow with it, and nothing that is learnt changes it.',
  advice: 'Discount, or normalise returns.',
  faults: ['ppo/discount-ignored', 'ppo/returns-unnormalised'],
  laws: ['ppo/advantages', 'ppo/target-moments'],
  judge: ({ series, limits }) => {
    const [loss, length] = [series.loss[0], series.length[0]];
    if (loss === undefined || length === undefined) return [];
    const rows = alignedAt([loss, length]).filter(({ points }) => points.every(({ value }) => value > 0));
    if (rows.length < 20)
      return {
        notChecked: `needs 20 rows with ${loss.logged} and ${length.logged}, of which the log has ${rows.length}`,
      };
    const logs = rows.map(({ points }) => points.map(({ value }) => Math.log(value)));
    const [y, x] = [0, 1].map((index) => logs.map((pair) => pair[index] ?? 0));
    if (x === undefined || y === undefined || Math.max(...x) - Math.min(...x) < Math.log(3)) return [];
    const rank = spearman(x, y);
    const slope = slopeOf(x, y);
    if (rank < limits.correlation || slope < limits.slope) return [];
    return [
      {
        what: `${loss.logged} grows with ${length.logged} to the power ${told(slope)} (rank correlation ${told(rank)})`,
        onset: { by: loss.points[0]?.step ?? 0 },
        evidence: shown(loss, loss.points),
      },
    ];
  },
});

/** Least squares; the logarithms have no wild values left. */
function slopeOf(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [x, y].map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  let [above, below] = [0, 0];
  for (const [index, value] of x.entries()) {
    above += (value - (mx ?? 0)) * ((y[index] ?? 0) - (my ?? 0));
    below += (value - (mx ?? 0)) ** 2;
  }
  return above / below;
}
