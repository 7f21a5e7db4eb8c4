import { defineCheck } from '../../check.ts';
import { numberSetting } from '../../evidence/logged-run.ts';
import type { Found } from '../../finding.ts';
import { beyond } from '../../rules/beyond.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';
import { behindStart, earlyOf, levelOf } from '../../rules/windows.ts';

/** Keys under which programs write the norm at which gradients are clipped. */
const CLIP_KEYS = [
  'optimiser.clipNorm',
  'max_grad_norm',
  'max-grad-norm',
  'gradient_clip_val',
  'clip_grad_norm',
];

export const gradientNorm = defineCheck({
  id: 'general/gradient-norm',
  title: 'the gradient explodes, or is gone',
  severity: 'suspect',
  needs: { norm: ['gradient-norm'] },
  limits: {
    growth: { value: 1000, meaning: 'of the norm at the beginning, in rows in succession' },
    gone: { value: 1e-10, meaning: 'a norm at which single precision no longer moves weights of order one' },
  },
  why: 'A norm that grows by orders of magnitude comes before a loss that does; one that is 0 to all digits trains nothing.',
  advice:
    'Clip the gradient and find the term that it comes from; where it is gone, look for a detached graph, a saturated unit, or a mask.',
  faults: ['training/gradient-through-shocks', 'ppo/clip-missing'],
  laws: ['training/constants', 'training/optimiser-step', 'ppo/policy-loss'],
  leadsTo: ['general/divergence', 'general/plateau'],
  judge: ({ series, limits }) =>
    series.norm.flatMap((one): readonly Found[] => {
      const first = levelOf(earlyOf(one.points, 0.05));
      return [
        ...beyond(one, { side: 'above', suspect: limits.growth * first, length: 3 }),
        ...beyond(one, { side: 'below', suspect: limits.gone, length: 5 }),
      ];
    }),
});

export const gradientClipped = defineCheck({
  id: 'general/gradient-clipped',
  title: 'nearly every gradient is clipped',
  severity: 'remark',
  needs: { norm: ['gradient-norm'] },
  limits: { share: { value: 0.95, meaning: 'of rows behind the first tenth with a norm above the clip' } },
  why: 'Where every gradient is cut to one length the learning rate alone decides how far a step goes: it is normalised descent, whatever the optimiser.',
  advice: 'Lower the learning rate or raise the clip, if this is not meant.',
  faults: [],
  laws: ['training/optimiser-step'],
  judge: ({ run, series, limits }) => {
    const norm = series.norm[0];
    const clip = numberSetting(run, ...CLIP_KEYS);
    if (norm === undefined) return [];
    if (clip === undefined)
      return { notChecked: `needs the norm at which gradients are clipped (tried ${CLIP_KEYS.join(', ')})` };
    const few = tooFew(norm, 20);
    if (few !== undefined) return few;
    const points = behindStart(norm.points, 0.1);
    const high = points.filter(({ value }) => value > clip);
    if (clip <= 0 || high.length < limits.share * points.length) return [];
    return [
      {
        what: `${norm.logged} is above the clip of ${told(clip)} in ${high.length} of ${points.length} rows`,
        onset: { by: high[0]?.step ?? 0 },
        evidence: shown(norm, high),
      },
    ];
  },
});
