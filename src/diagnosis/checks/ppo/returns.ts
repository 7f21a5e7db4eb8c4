import { defineCheck } from '../../check.ts';
import { spearman } from '../../../numerics/index.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';
import { alignedAt, earlyOf, lateOf, levelOf } from '../../rules/windows.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import { numberSetting, setting } from '../../evidence/logged-run.ts';

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
    const spread = Math.max(...early.map(({ value }) => Math.abs(value - first)));
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

export const bothEndings = defineCheck({
  id: 'ppo/terminated-and-truncated',
  title: 'episodes are called terminated and truncated',
  severity: 'sick',
  needs: { both: ['episodes-both'] },
  limits: {},
  why: 'The task ended, or time ran out: at a truncation the value of the last observation is bootstrapped, at a termination it is not.',
  advice: 'Set truncated only where the task has not ended.',
  faults: ['ppo/timeout-as-terminal'],
  laws: ['ppo/time-limit'],
  judge: ({ series }) =>
    series.both.flatMap((one) => {
      const stretch = stretchOf(one.points, (value) => value > 0, { length: 1 });
      if (stretch === undefined) return [];
      return [
        {
          what: `${one.logged} is ${told(stretch.bad[0].value)} at step ${stretch.bad[0].step}`,
          ...onsetOf(stretch),
          evidence: shown(one, stretch.bad),
        },
      ];
    }),
});

export const truncationsAbsent = defineCheck({
  id: 'ppo/truncations-absent',
  title: 'episodes end at the time limit and none is truncated',
  severity: 'sick',
  needs: {
    truncated: ['episodes-truncated'],
    terminated: ['episodes-terminated'],
    length: ['episode-length'],
  },
  limits: { rows: { value: 3, meaning: 'rows whose episodes are as long as the limit' } },
  why: 'Time that runs out is no end of the task: without the value of what comes behind it, long episodes look bad.',
  advice: 'Pass truncations on as such, and bootstrap them.',
  faults: ['ppo/timeout-as-terminal'],
  laws: ['ppo/time-limit'],
  judge: ({ run, series, limits }) => {
    const [truncated, length] = [series.truncated[0], series.length[0]];
    if (truncated === undefined || length === undefined) return [];
    const limit =
      numberSetting(run, 'environment.timeLimit', 'max_episode_steps') ??
      TIME_LIMITS.get(String(setting(run, 'environment.name')));
    if (limit === undefined)
      return {
        notChecked:
          'needs the time limit of the environment (tried environment.timeLimit, max_episode_steps)',
      };
    const atLimit = length.points.filter(({ value }) => value >= limit);
    if (atLimit.length < limits.rows || truncated.points.some(({ value }) => value > 0)) return [];
    return [
      {
        what: `${length.logged} is ${told(limit)}, the time limit, at ${atLimit.length} rows, and ${truncated.logged} is 0 in all`,
        onset: { by: atLimit[0]?.step ?? 0 },
        evidence: shown(length, atLimit),
      },
    ];
  },
});

/** Limits of environments that are known by name. */
const TIME_LIMITS: ReadonlyMap<string, number> = new Map([
  ['cart-pole', 500],
  ['durotaxis', 1000],
]);

export const bonusShare = defineCheck({
  id: 'ppo/bonus-share',
  title: 'a bonus for existing is nearly all of the return',
  severity: 'suspect',
  needs: { bonus: ['return-absolute/*'] },
  limits: {
    sick: { value: 0.9, meaning: 'of the absolute returns of all components' },
    suspect: { value: 0.5, meaning: 'the same' },
  },
  why: 'Agents do what is paid: where a constant for each step outweighs the task, staying alive is the task.',
  advice: 'Take the bonus out, or give it the size of a remainder.',
  faults: ['ppo/reward-for-existing'],
  laws: ['ppo/colony', 'ppo/shaping'],
  judge: ({ run, series, limits }) => {
    const bonus = series.bonus.find(({ name }) => /milestone|bonus|alive|exist/.test(name));
    const returned = run.series.get('return');
    if (bonus === undefined || returned === undefined)
      return { notChecked: 'needs the return, and that of a bonus (tried milestone, bonus, alive, exist)' };
    const shares = alignedAt([bonus, returned]).flatMap(({ points: [part, whole] }) =>
      part === undefined || whole === undefined || whole.value === 0
        ? []
        : { ...part, value: Math.abs(part.value / whole.value) },
    );
    const isOff = setting(run, 'environment.milestones') === false;
    const stretch = stretchOf(shares, (value) => value > (isOff ? 0 : limits.suspect), {
      length: 3,
      share: 0.8,
    });
    if (stretch === undefined) return [];
    const share = levelOf(stretch.bad);
    return [
      {
        severity: isOff || share > limits.sick ? 'sick' : 'suspect',
        what: `${bonus.logged} is ${told(100 * share)} % of the size of the return${isOff ? ', where the configuration has no milestones' : ''}`,
        ...onsetOf(stretch),
        evidence: shown(bonus, bonus.points),
      },
    ];
  },
});

export const rewardBounded = defineCheck({
  id: 'ppo/reward-bounded',
  title: 'a reward that is to lie within ±1 is larger',
  severity: 'sick',
  needs: { absolute: ['return-absolute/*'], length: ['episode-length'] },
  limits: {
    most: { value: 1, meaning: 'mean absolute reward of a component and step, on the scale `bounded`' },
  },
  why: 'Per-node rewards that are summed where a mean is meant grow with the colony: losses with the square of it.',
  advice: 'Divide by the number of nodes.',
  faults: ['ppo/sum-over-nodes'],
  laws: ['ppo/reward-scale', 'ppo/colony'],
  leadsTo: ['ppo/head-share', 'ppo/loss-growth', 'ppo/loss-up-return-down', 'general/divergence'],
  judge: ({ run, series, limits }) => {
    const length = series.length[0];
    if (length === undefined) return [];
    if (setting(run, 'environment.scale') !== 'bounded')
      return { notChecked: 'needs rewards that are declared bounded (environment.scale: bounded)' };
    return series.absolute.flatMap((one) => {
      const means = alignedAt([one, length]).flatMap(({ points: [sum, steps] }) =>
        sum === undefined || steps === undefined ? [] : { ...sum, value: sum.value / steps.value },
      );
      const stretch = stretchOf(means, (value) => value > (1 + 1e-6) * limits.most, { length: 1 });
      if (stretch === undefined) return [];
      return [
        {
          what: `${one.logged} is ${told(stretch.bad[0].value)} a step at step ${stretch.bad[0].step}, where ±1 is declared`,
          ...onsetOf(stretch),
          evidence: shown(one, one.points),
        },
      ];
    });
  },
});

export const discounted = defineCheck({
  id: 'ppo/discount',
  title: 'returns are larger than discounting allows',
  severity: 'sick',
  needs: { mean: ['return-scale-mean/*'], absolute: ['return-absolute/*'], length: ['episode-length'] },
  limits: { factor: { value: 1.3, meaning: 'of the largest mean absolute reward a step, over 1 − γ' } },
  why: 'A return discounted by γ is at most the largest reward over 1 − γ: 100 at γ = 0.99 and a reward of 1 a step.',
  advice: 'Test the discount on the probe with a delayed reward.',
  faults: ['ppo/discount-ignored'],
  laws: ['ppo/advantages'],
  leadsTo: ['ppo/length-scale', 'ppo/loss-growth', 'ppo/return-falls'],
  judge: ({ run, series, limits }) => {
    const discount = numberSetting(run, 'discount', 'gamma');
    const length = series.length[0];
    if (length === undefined) return [];
    if (discount === undefined || discount >= 1)
      return { notChecked: 'needs a discount below 1 (tried discount, gamma)' };
    return series.mean.flatMap((one) => {
      const absolute = run.series.get(one.name.replace('return-scale-mean/', 'return-absolute/'));
      if (absolute === undefined) return [];
      const rewards = alignedAt([absolute, length]).map(
        ({ points: [sum, steps] }) => (sum?.value ?? 0) / (steps?.value ?? 1),
      );
      const sums = absolute.points.map(({ value }) => value);
      // A reward that comes once is as large as its sum.
      const isEven = rewards.length > 0 && Math.max(...rewards) < 2 * Math.min(...rewards);
      const bound = limits.factor * (isEven ? Math.max(...rewards) / (1 - discount) : Math.max(...sums));
      const stretch = stretchOf(one.points, (value) => Math.abs(value) > bound, { length: 3 });
      if (stretch === undefined || rewards.length === 0 || !isEven) return [];
      return [
        {
          what: `${one.logged} is ${told(stretch.bad[0].value)} at step ${stretch.bad[0].step}, where rewards of ${told(Math.max(...rewards))} a step give ${told(Math.max(...rewards) / (1 - discount))} at most`,
          ...onsetOf(stretch),
          evidence: shown(one, stretch.bad),
        },
      ];
    });
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
