import { defineCheck } from '../../check.ts';
import { beyond } from '../../rules/beyond.ts';
import { behindStart } from '../../rules/windows.ts';

export const spectralRadius = defineCheck({
  id: 'economics/spectral-radius',
  title: 'the economy under this policy is unstable',
  severity: 'sick',
  needs: { radius: ['spectral-radius'] },
  limits: {
    radius: { value: 1, meaning: 'largest modulus of an eigenvalue of the transition; above 1 it explodes' },
  },
  why: 'A stable solution has all roots that belong to states within the unit circle (Blanchard and Kahn 1980).',
  advice:
    'The policy is on an explosive path: check signs in the forward-looking equations and the response of the policy rule.',
  faults: [],
  laws: ['nk/residuals', 'nk/closed-form'],
  judge: ({ series, limits }) =>
    series.radius.flatMap((one) =>
      beyond(one, { side: 'above', sick: limits.radius, points: behindStart(one.points, 0.3), length: 3 }),
    ),
});
