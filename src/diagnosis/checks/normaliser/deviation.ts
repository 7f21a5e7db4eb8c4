import { defineCheck } from '../../check.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import { numberSetting } from '../../evidence/logged-run.ts';
import type { Series } from '../../evidence/series.ts';
import type { Found } from '../../finding.ts';
import { beyond } from '../../rules/beyond.ts';
import { behindStart } from '../../rules/windows.ts';

/** Of the run: statistics follow the data with a delay of 1/(1 − momentum) updates. */
const START = 0.3;

const FAULTS = [
  'normaliser/freezes',
  'normaliser/variance-scaled',
  'normaliser/between-batch-variance',
  'normaliser/load-drops-statistics',
] as const;

const SCALED = 'normaliser/variance-scaled';

const LAWS = [
  'normaliser/adapts',
  'normaliser/stationary',
  'normaliser/pooled-deviation',
  'normaliser/save-load',
] as const;

export const deviation = defineCheck({
  id: 'normaliser/deviation',
  title: 'what the network is fed is not of deviation 1',
  severity: 'sick',
  needs: { fed: ['normalised-ability-deviation', 'normalised-wealth-deviation'] },
  limits: {
    sickAbove: { value: 1.5, meaning: 'of ability, whose law does not move' },
    sickBelow: { value: 0.6, meaning: 'of ability' },
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
      ...(hasHeavyTail(run)
        ? []
        : within(run, 'normalised-ability-deviation', limits.sickBelow, limits.sickAbove)),
      ...within(run, 'normalised-wealth-deviation', limits.wealthBelow, limits.wealthAbove),
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
  },
  why: 'Statistics whose counts accumulate give a new batch a weight of 1e-4 after 10,000: the data move on and the normalised mean moves with them.',
  advice: 'Use a fixed momentum; check that evaluation does not switch the statistics off for good.',
  faults: FAULTS,
  laws: LAWS,
  judge: ({ run, limits }) => [
    ...within(run, 'normalised-ability-mean', -limits.ability, limits.ability),
    ...within(run, 'normalised-wealth-mean', -limits.wealth, limits.wealth),
  ],
});

export const clipped = defineCheck({
  id: 'normaliser/clipped',
  title: 'the normaliser clips much of what the network is fed',
  severity: 'suspect',
  needs: { clipped: ['normaliser-clipped'] },
  limits: {
    count: { value: 0, meaning: 'inputs beyond ten deviations; of a million normal ones there is none' },
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
        suspect: limits.count,
        points: behindStart(one.points, START),
        length: 3,
      }),
    ),
});

function within(run: LoggedRun, name: string, least: number, most: number): readonly Found[] {
  const series: Series | undefined = run.series.get(name);
  if (series === undefined) return [];
  const points = behindStart(series.points, START);
  return [
    ...beyond(series, { side: 'above', sick: most, points, length: 3 }),
    ...beyond(series, { side: 'below', sick: least, points, length: 3 }),
  ];
}

/** Of the deviation of ability over its mean: the deviation of a few hundred draws is then mostly chance. */
const HEAVY = 2;

function hasHeavyTail(run: LoggedRun): boolean {
  const [rho, sigma] = [numberSetting(run, 'ability.rho'), numberSetting(run, 'ability.sigma')];
  return (
    rho !== undefined && sigma !== undefined && Math.sqrt(Math.expm1(sigma ** 2 / (1 - rho ** 2))) > HEAVY
  );
}
