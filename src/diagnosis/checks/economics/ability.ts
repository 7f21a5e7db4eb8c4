import { normalDistribution } from '../../../numerics/index.ts';
import { defineCheck } from '../../check.ts';
import { shown, told } from '../../rules/shown.ts';
import { longestStretchOf, onsetOf, stretchOf } from '../../rules/stretch.ts';
import { lateOf, levelOf } from '../../rules/windows.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import { hasHeavyTail } from './heavy-tail.ts';
import { referenceOf } from './reference.ts';

const END = 0.2;

/** Rows that show what is usual: most of ten. */
const USUAL = { length: 10, share: 0.6 };

/** A deviation of log ability has e^−3 left after 3/(1 − ρ) periods. */
const FORGOTTEN = 3;

export const ability = defineCheck({
  id: 'economics/ability',
  title: 'mean ability leaves what the configured process has',
  severity: 'sick',
  needs: { mean: ['ability', 'fed-ability-mean'] },
  limits: {
    errors: {
      value: 4,
      meaning: 'standard errors of the mean of so many agents, where ability has a heavy tail',
    },
    heavy: {
      value: 8,
      meaning: 'of the stationary mean, where the deviation of ability is more than twice its mean',
    },
    factor: { value: 1.5, meaning: 'of the stationary mean, above it or below, at least' },
  },
  why: 'Log ability is an AR(1) about the log of its median: its mean is ē·exp(σ²/2(1−ρ²)), plus the superstars. Bounds that are not centred, a start that is not of the process, or a multiplier that acts every period move it.',
  advice:
    'Compare the bounds with the median; start from the stationary law; let the star level replace the draw.',
  faults: [
    'bewley/star-compounds',
    'bewley/ability-init-drifts',
    'bewley/ability-start-bounds',
    'bewley/ability-bounds',
    'bewley/star-decays',
  ],
  laws: [
    'bewley/ability-stationary',
    'bewley/star-level',
    'bewley/ability-bounds',
    'bewley/ability-forgetting',
    'bewley/star-leaving',
  ],
  leadsTo: [
    'normaliser/deviation',
    'normaliser/mean',
    'economics/capital-labour',
    'economics/top-share',
    'general/divergence',
  ],
  judge: ({ run, series, limits }) => {
    const reference = referenceOf(run);
    if ('notChecked' in reference) return reference;
    const { ability: process, batch, initial } = reference.configuration;
    const { rho, sigma, median, star } = process;
    const errors = (limits.errors * sampleVariation(run)) / Math.sqrt(batch.worlds * batch.agents);
    const isHeavy = hasHeavyTail(process) && process.truncation === undefined;
    const factor = isHeavy ? limits.heavy : limits.factor;
    const [least, most] = isHeavy
      ? [1 / factor, factor]
      : [Math.min(1 / factor, 1 - errors), Math.max(factor, 1 + errors)];
    // Ability that starts by another law than its own comes to it within a few times 1/(1 − ρ) periods.
    const from = initial.ability.rule === 'stationary' ? -Infinity : FORGOTTEN / (1 - rho);
    const normal = median * Math.exp(sigma ** 2 / (1 - rho ** 2) / 2);
    const stars = star.become === 0 ? 0 : star.become / (star.become + 1 - star.stay);
    const mean =
      process.truncation === undefined
        ? normal
        : median * censoredMean(sigma / Math.sqrt(1 - rho ** 2), process.truncation);
    const expected = (1 - stars) * mean + stars * star.multiplier * mean;
    return series.mean.flatMap((one) => {
      const isFar = (value: number): boolean => value > most * expected || value < least * expected;
      const judged = one.points.filter(({ step }) => step >= from);
      // All rows together are many more agents than those of one.
      const usual = levelOf(judged) / expected;
      const stretch =
        usual > factor || usual < 1 / factor
          ? stretchOf(judged, (value) => value > factor * expected || value < expected / factor, USUAL)
          : longestStretchOf(judged, isFar, { length: 5 });
      if (stretch === undefined) return [];
      const level = levelOf(lateOf(one.points, END));
      return [
        {
          what: `${one.logged} is ${told(stretch.bad[0].value)} at step ${stretch.bad[0].step} and ${told(level)} at the end, where the process has ${told(expected)}`,
          ...onsetOf(stretch),
          // What is over by itself, and was not there from the start, may be a few agents who came and went.
          ...(stretch.until === undefined || stretch.before === undefined
            ? {}
            : { severity: 'suspect' as const }),
          evidence: shown(one, stretch.bad),
        },
      ];
    });
  },
});

/** Deviation of ability over its mean in the samples of the log; 0 where it does not say. */
function sampleVariation({ series }: LoggedRun): number {
  const [mean, deviation] = ['fed-ability-mean', 'fed-ability-deviation'].map(
    (name) => series.get(name)?.points ?? [],
  );
  if (mean === undefined || deviation === undefined || mean.length === 0 || deviation.length === 0) return 0;
  return levelOf(deviation) / levelOf(mean);
}

/** Mean of exp(sZ) with Z held within ±k, over that of a median of 1. */
function censoredMean(deviation: number, bound: number): number {
  const inside = normalDistribution(bound - deviation) - normalDistribution(-bound - deviation);
  const outside = 1 - normalDistribution(bound);
  const ends = Math.exp(deviation * bound) + Math.exp(-deviation * bound);
  return Math.exp(deviation ** 2 / 2) * inside + outside * ends;
}
