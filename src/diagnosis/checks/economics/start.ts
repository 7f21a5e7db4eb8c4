import { defineCheck } from '../../check.ts';
import { numberSetting } from '../../evidence/logged-run.ts';
import { shown, told } from '../../rules/shown.ts';

export const start = defineCheck({
  id: 'economics/start',
  title: 'wealth at the start is not the configured one',
  severity: 'suspect',
  needs: { wealth: ['wealth', 'fed-wealth-mean'] },
  limits: { errors: { value: 2.5, meaning: 'standard errors of the mean of all agents at the first step' } },
  why: 'The configured mean of a lognormal law is its mean. Taken for its median, wealth starts above it by √(1 + variation²).',
  advice: 'Shift the mean of the logarithm by −σ²/2.',
  faults: ['bewley/initial-wealth-median'],
  laws: ['bewley/initial-wealth'],
  judge: ({ run, series, limits }) => {
    const [mean, variation, worlds, agents] = [
      'initial.wealth.mean',
      'initial.wealth.variation',
      'batch.worlds',
      'batch.agents',
    ].map((key) => numberSetting(run, key));
    const wealth = series.wealth[0];
    const first = wealth?.points[0];
    if (wealth === undefined || first === undefined) return [];
    if (mean === undefined || variation === undefined || worlds === undefined || agents === undefined)
      return { notChecked: 'needs the configured start (tried initial.wealth, batch)' };
    const error = variation / Math.sqrt(worlds * agents);
    const off = first.value / mean - 1;
    if (run.firstStep !== 0 || Math.abs(off) <= limits.errors * error) return [];
    return [
      {
        what: `${wealth.logged} is ${told(first.value)} at the first step, where ${told(mean)} is configured: ${told(Math.abs(off) / error)} standard errors`,
        onset: { by: first.step },
        evidence: shown(wealth, [first]),
      },
    ];
  },
});
