import { defineCheck } from '../../check.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import { numberSetting } from '../../evidence/logged-run.ts';
import type { Series } from '../../evidence/series.ts';
import type { Found } from '../../finding.ts';
import { beyond } from '../../rules/beyond.ts';
import { shown, told } from '../../rules/shown.ts';
import { alignedAt, behindStart, lateOf, levelOf } from '../../rules/windows.ts';
import { hasHeavyTail } from '../economics/heavy-tail.ts';

/** Of the run: statistics follow the data with a delay of 1/(1 − momentum) updates. */
const START = 0.3;

const FAULTS = [
  'normaliser/freezes',
  'normaliser/variance-scaled',
  'normaliser/between-batch-variance',
  'normaliser/load-drops-statistics',
  'bewley/eval-sticky',
] as const;

const SCALED = 'normaliser/variance-scaled';

const LAWS = [
  'normaliser/adapts',
  'normaliser/stationary',
  'normaliser/pooled-deviation',
  'normaliser/save-load',
  'bewley/evaluation-mode',
] as const;

export const deviation = defineCheck({
  id: 'normaliser/deviation',
  title: 'what the network is fed is not of deviation 1',
  severity: 'sick',
  needs: { fed: ['normalised-ability-deviation', 'normalised-wealth-deviation'] },
  limits: {
    sickAbove: { value: 1.5, meaning: 'of ability, whose law does not move' },
    sickBelow: { value: 0.7, meaning: 'of ability' },
    wealthAbove: { value: 3, meaning: 'of wealth, which moves as the policy learns' },
    wealthBelow: { value: 0.2, meaning: 'of wealth' },
  },
  why: 'After its warm-up a normaliser feeds deviations of 1 where data stand still. 2.0, 0.56 and 0.14 were recorded, of a sum of squares over a count that is capped; a deviation that drifts with the raw one is that of statistics that have frozen.',
  advice:
    'Use an exponential moving average of mean and variance with a fixed momentum, and save it with the weights.',
  faults: FAULTS,
  laws: LAWS,
  judge: ({ run, limits }) =>
    [
      ...(isMostlyChance(run) || isNarrow(run, 'fed-ability-deviation')
        ? []
        : within(run, 'normalised-ability-deviation', limits.sickBelow, limits.sickAbove)),
      ...(isNarrow(run, 'fed-wealth-deviation')
        ? []
        : within(run, 'normalised-wealth-deviation', limits.wealthBelow, limits.wealthAbove)),
    ].map((found) => ({ ...found, faults: [SCALED, ...FAULTS.filter((one) => one !== SCALED)] })),
});

export const mean = defineCheck({
  id: 'normaliser/mean',
  title: 'what the network is fed is not of mean 0',
  severity: 'sick',
  needs: { fed: ['normalised-ability-mean', 'normalised-wealth-mean'] },
  limits: {
    ability: { value: 0.5, meaning: 'deviations of ability, whose law does not move' },
    wealth: { value: 2, meaning: 'deviations of wealth, which moves as the policy learns' },
    late: {
      value: 0.5,
      meaning: 'of either, in the last fifth of the rows, where the raw one has come to a stand',
    },
  },
  why: 'Statistics whose counts accumulate give a new batch a weight of 1e-4 after 10,000: the data move on and the normalised mean moves with them.',
  advice: 'Use a fixed momentum; check that evaluation does not switch the statistics off for good.',
  faults: FAULTS,
  laws: LAWS,
  judge: ({ run, limits }) => [
    ...within(run, 'normalised-ability-mean', -limits.ability, limits.ability),
    ...within(run, 'normalised-wealth-mean', -limits.wealth, limits.wealth),
    ...['normalised-ability-mean', 'normalised-wealth-mean'].flatMap((name) =>
      lasting(run, name, limits.late),
    ),
  ],
});

/** A mean that has not come back to 0 at the end, where what is normalised has come to a stand. */
function lasting(run: LoggedRun, name: string, limit: number): readonly Found[] {
  const series = run.series.get(name);
  const raw = run.series.get(name.replace('normalised-', 'fed-'));
  if (series === undefined || raw === undefined || series.points.length < 20) return [];
  const [middle, end] = [raw.points.slice(raw.points.length / 2), lateOf(raw.points, 0.2)].map(levelOf);
  const isStill =
    middle !== undefined && end !== undefined && Math.abs(end - middle) < 0.1 * Math.abs(middle);
  const late = lateOf(series.points, 0.2);
  if (!isStill || Math.abs(levelOf(late)) <= limit) return [];
  return [
    {
      what: `${series.logged} is ${told(levelOf(late))} at the end, where ${raw.logged} has come to a stand`,
      onset: { by: late[0]?.step ?? run.lastStep },
      evidence: shown(series, late),
    },
  ];
}

export const restarted = defineCheck({
  id: 'normaliser/restarted',
  title: 'the statistics of the normaliser begin anew in mid-run',
  severity: 'sick',
  needs: { fed: ['normalised-ability-mean', 'normalised-wealth-mean'] },
  limits: {
    mean: {
      value: 1e-5,
      meaning: 'absolute mean of what is fed, to which a batch comes only by its own statistics',
    },
  },
  why: 'A batch that is normalised by its own mean and deviation has a mean of 0 and a deviation of 1 to all digits: statistics that have seen more than this batch do not give that. At a resume they were not loaded.',
  advice: 'Save mean, deviation and count of the normaliser with the weights, and load all of them.',
  faults: ['normaliser/load-drops-statistics', 'bewley/resume-incomplete-statistics'],
  laws: ['normaliser/save-load', 'training/resume'],
  leadsTo: ['general/resume', 'normaliser/mean', 'normaliser/deviation'],
  judge: ({ run, series, limits }) =>
    series.fed.flatMap((one) => {
      const deviations = run.series.get(one.name.replace('-mean', '-deviation'));
      if (deviations === undefined) return [];
      const rows = alignedAt([one, deviations]).flatMap(({ points: [point, spread] }) =>
        point !== undefined &&
        spread !== undefined &&
        Math.abs(point.value) < limits.mean &&
        Math.abs(spread.value - 1) < 1e-2
          ? point
          : [],
      );
      const [first] = rows.filter(({ step }) => step > run.firstStep);
      if (first === undefined) return [];
      const before = one.points.filter(({ step }) => step < first.step).at(-1);
      return [
        {
          what: `${one.logged} is ${told(first.value)} at step ${first.step}, with a deviation of 1: the statistics are those of this batch alone`,
          onset: { ...(before === undefined ? {} : { after: before.step }), by: first.step },
          evidence: shown(one, [before, first]),
        },
      ];
    }),
});

export const clipped = defineCheck({
  id: 'normaliser/clipped',
  title: 'the normaliser clips much of what the network is fed',
  severity: 'suspect',
  needs: { clipped: ['normaliser-clipped'] },
  limits: {
    share: {
      value: 0.01,
      meaning: 'of inputs beyond the clip; of a million normal ones none is ten deviations away',
    },
  },
  why: 'Ten deviations away is where data are of another law than the statistics, or where the deviation is next to nothing.',
  advice:
    'Look at the deviation of the raw input (is it constant within the batch?) and at the floor under it.',
  faults: ['normaliser/no-floor', 'normaliser/small-eps', 'normaliser/freezes'],
  laws: ['normaliser/bounded', 'normaliser/constant-batch', 'normaliser/adapts'],
  judge: ({ series, limits }) =>
    series.clipped.flatMap((one) =>
      beyond(one, {
        side: 'above',
        suspect: limits.share,
        points: behindStart(one.points, START),
        length: 3,
      }),
    ),
});

/** Samples of some hundred agents scatter: most of ten rows. */
const LASTING = { length: 10, share: 0.6 };

function within(run: LoggedRun, name: string, least: number, most: number): readonly Found[] {
  const series: Series | undefined = run.series.get(name);
  if (series === undefined) return [];
  const points = behindStart(series.points, START);
  return [
    ...beyond(series, { side: 'above', sick: most, points, ...LASTING }),
    ...beyond(series, { side: 'below', sick: least, points, ...LASTING }),
  ];
}

/** Whether the deviation of a few hundred draws of ability is mostly chance. */
function isMostlyChance(run: LoggedRun): boolean {
  const of = (key: string): number | undefined => numberSetting(run, `ability.${key}`);
  const [rho, sigma] = [of('rho'), of('sigma')];
  const star = {
    become: of('star.become') ?? 0,
    stay: of('star.stay') ?? 0,
    multiplier: of('star.multiplier') ?? 1,
  };
  return rho !== undefined && sigma !== undefined && hasHeavyTail({ rho, sigma, star });
}

/** The least deviation by which an input is divided, as configured. */
function leastDivisor(run: LoggedRun): number {
  const floor = numberSetting(run, 'normaliser.floor') ?? 0;
  const epsilon = numberSetting(run, 'normaliser.epsilon') ?? 0;
  return Math.max(floor, Math.sqrt(epsilon));
}

/** Whether an input varies so little that its floor, and not its deviation, is what it is divided by. */
function isNarrow(run: LoggedRun, fed: string): boolean {
  const raw = run.series.get(fed);
  return raw !== undefined && raw.points.length > 0 && levelOf(raw.points) < NARROW * leastDivisor(run);
}

/** Deviations above the floor by so much are what a normaliser divides by. */
const NARROW = 5;

export const floor = defineCheck({
  id: 'normaliser/floor',
  title: 'inputs are divided by less than the floor that is configured',
  severity: 'sick',
  needs: { fed: ['fed-ability-deviation', 'fed-wealth-deviation'] },
  limits: {
    share: { value: 1.2, meaning: 'of the largest deviation that the configured floor and epsilon leave' },
  },
  why: 'An input that hardly varies is divided by the floor, or by √ε, and not by its own deviation: divided by that, the noise of its last digits is fed at full size. ±30 to ±100 were recorded.',
  advice: 'Put the floor under the standard deviation, and ε under the root.',
  faults: ['normaliser/no-floor', 'normaliser/small-eps'],
  laws: ['normaliser/bounded', 'normaliser/constant-batch'],
  leadsTo: ['normaliser/clipped', 'normaliser/deviation', 'normaliser/mean'],
  judge: ({ run, limits }) => {
    const least = leastDivisor(run);
    if (least === 0)
      return { notChecked: 'needs the configured floor (tried normaliser.floor, normaliser.epsilon)' };
    return ['ability', 'wealth'].flatMap((name) => {
      const [raw, fed] = [
        run.series.get(`fed-${name}-deviation`),
        run.series.get(`normalised-${name}-deviation`),
      ];
      if (raw === undefined || fed === undefined) return [];
      const ratios = alignedAt([fed, raw]).flatMap(({ points: [point, before] }) =>
        point === undefined || before === undefined || before.value === 0
          ? []
          : { ...point, value: (point.value * least) / before.value },
      );
      const isEpsilon = least > (numberSetting(run, 'normaliser.floor') ?? 0);
      return beyond({ ...fed, points: ratios }, { side: 'above', sick: limits.share, length: 3 }).map(
        (found) => ({
          ...found,
          what: `${fed.logged} is that of ${raw.logged} divided by less than ${told(least)}, the least that is configured`,
          evidence: shown(fed, fed.points),
          faults: isEpsilon
            ? ['normaliser/small-eps', 'normaliser/no-floor']
            : ['normaliser/no-floor', 'normaliser/small-eps'],
        }),
      );
    });
  },
});

export const clip = defineCheck({
  id: 'normaliser/clip',
  title: 'inputs lie beyond the clip that is configured',
  severity: 'sick',
  needs: { fed: ['normalised-ability-deviation', 'normalised-wealth-deviation'] },
  limits: {
    share: {
      value: 1.001,
      meaning: 'of the clip, which no mean and no deviation of clipped numbers exceeds',
    },
  },
  why: 'Numbers within ±c have a mean and a deviation within c.',
  advice: 'Clip what is fed, behind the division.',
  faults: ['normaliser/no-clip'],
  laws: ['normaliser/bounded'],
  leadsTo: ['normaliser/deviation', 'normaliser/mean'],
  judge: ({ run, limits }) => {
    const bound = numberSetting(run, 'normaliser.clip');
    if (bound === undefined) return { notChecked: 'needs the configured clip (tried normaliser.clip)' };
    const names = ['ability', 'wealth'].flatMap((name) => [
      `normalised-${name}-deviation`,
      `normalised-${name}-mean`,
    ]);
    return names.flatMap((name) => {
      const one = run.series.get(name);
      if (one === undefined) return [];
      const sizes = one.points.map((point) => ({ ...point, value: Math.abs(point.value) }));
      return beyond({ ...one, points: sizes }, { side: 'above', sick: limits.share * bound, length: 1 });
    });
  },
});
