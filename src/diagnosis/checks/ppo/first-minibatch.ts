import { defineCheck } from '../../check.ts';
import { beyond } from '../../rules/beyond.ts';

export const firstMinibatch = defineCheck({
  id: 'ppo/first-minibatch',
  title: 'old and new log-probabilities differ before any update',
  severity: 'sick',
  needs: { first: ['first-kl', 'first-clip-fraction', 'first-ratio-deviation'] },
  limits: {
    kl: { value: 1e-3, meaning: 'KL of the first minibatch; roundings leave 1e-6' },
    clip: { value: 1e-3, meaning: 'its clip fraction, which is 0' },
    ratio: { value: 1e-2, meaning: 'its largest |ρ − 1|' },
  },
  why: 'With equal parameters the ratio is 1, KL 0 and nothing is clipped. Elsewise the action that is evaluated is not the one that was stored, or the network is not in one mode (dropout): KL of 11.5 and a clip fraction of 0.98 were recorded.',
  advice: 'Store the raw sample, and evaluate it, not the squashed or executed action; switch dropout off.',
  faults: ['ppo/logprob-mismatch'],
  laws: ['ppo/equal-parameters'],
  leadsTo: ['ppo/divergence', 'ppo/clip-fraction', 'ppo/return-falls'],
  judge: ({ run, limits }) =>
    (
      [
        ['first-kl', limits.kl],
        ['first-clip-fraction', limits.clip],
        ['first-ratio-deviation', limits.ratio],
      ] as const
    ).flatMap(([name, limit]) => {
      const one = run.series.get(name);
      return one === undefined ? [] : beyond(one, { side: 'above', sick: limit, length: 3, share: 0.6 });
    }),
});
