import { defineCheck } from '../../check.ts';
import { shown, told } from '../../rules/shown.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import { lateOf, levelOf } from '../../rules/windows.ts';
import { referenceOf } from './reference.ts';

const END = 0.2;

export const ability = defineCheck({
  id: 'economics/ability',
  title: 'mean ability leaves what the configured process has',
  severity: 'sick',
  needs: { mean: ['ability', 'fed-ability-mean'] },
  limits: {
    factor: {
      value: 2,
      meaning: 'of the stationary mean, above it or below; samples of a few hundred agents stay within',
    },
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
    const { rho, sigma, median, star } = reference.configuration.ability;
    const normal = median * Math.exp(sigma ** 2 / (1 - rho ** 2) / 2);
    const stars = star.become === 0 ? 0 : star.become / (star.become + 1 - star.stay);
    const expected = (1 - stars) * normal + stars * star.multiplier * normal;
    return series.mean.flatMap((one) => {
      const isFar = (value: number): boolean =>
        value > limits.factor * expected || value < expected / limits.factor;
      const stretch = stretchOf(one.points, isFar, { length: 3 });
      if (stretch === undefined) return [];
      const level = levelOf(lateOf(one.points, END));
      return [
        {
          what: `${one.logged} is ${told(stretch.bad[0].value)} at step ${stretch.bad[0].step} and ${told(level)} at the end, where the process has ${told(expected)}`,
          ...onsetOf(stretch),
          evidence: shown(one, stretch.bad),
        },
      ];
    });
  },
});
