import { defineCheck } from '../../check.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import { setting } from '../../evidence/logged-run.ts';
import type { Series } from '../../evidence/series.ts';
import { shown, told } from '../../rules/shown.ts';
import { behindStart, levelOf } from '../../rules/windows.ts';

export const normalisationAbsent = defineCheck({
  id: 'ppo/normalisation-absent',
  title: 'returns are not normalised, where the configuration says that they are',
  severity: 'sick',
  needs: { mean: ['return-scale-mean/*'], deviation: ['return-scale-deviation/*'] },
  limits: { rows: { value: 3, meaning: 'rows with a mean of exactly 0 and a deviation of exactly 1' } },
  why: 'The documented repair of an explosion sat in a function that nobody called: the line at start-up said "enabled", and the live counters stayed at 0 and 1.',
  advice: 'Call it; log the moments that were really used, not the setting.',
  faults: ['ppo/normalisation-never-called', 'ppo/returns-batch-z', 'ppo/returns-unnormalised'],
  laws: ['ppo/target-moments'],
  leadsTo: [
    'ppo/explained-variance-computed',
    'ppo/target-moments',
    'ppo/value-clipped',
    'ppo/zero-predictor',
    'ppo/head-share',
  ],
  judge: ({ run, series, limits }) => {
    const mode = setting(run, 'returns.normalisation');
    if (typeof mode !== 'string')
      return { notChecked: 'needs the configured normalisation (tried returns.normalisation)' };
    // Rewards that are divided by a running deviation leave the targets as they are.
    if (mode !== 'popart') return [];
    return series.deviation.flatMap((one, index) => {
      const mean = series.mean[index];
      const isUnused = one.points.length >= limits.rows && one.points.every(({ value }) => value === 1);
      // Rewards that are divided by a deviation keep their mean.
      if (!isUnused || mean?.points.some(({ value }) => value !== 0) === true) return [];
      return [
        {
          what: `${one.logged} is exactly 1 in all ${one.points.length} rows, where ${mode} is configured`,
          onset: { by: one.points[0]?.step ?? 0 },
          evidence: shown(one, one.points),
          ...(isBatchScore(run, one)
            ? {
                faults: ['ppo/returns-batch-z', 'ppo/normalisation-never-called', 'ppo/returns-unnormalised'],
              }
            : {}),
        },
      ];
    });
  },
});

/** Whether the targets have one deviation in every batch: a score of the batch, times some factor. */
function isBatchScore(run: LoggedRun, { name }: Series): boolean {
  const points = run.series.get(name.replace('return-scale-deviation/', 'target-deviation/'))?.points ?? [];
  const values = points.map(({ value }) => value);
  return values.length >= 3 && Math.max(...values) < 1.01 * Math.min(...values);
}

export const targetMoments = defineCheck({
  id: 'ppo/target-moments',
  title: 'the targets of the critic have not the moments that their normalisation gives',
  severity: 'sick',
  needs: { deviation: ['target-deviation/*'], mean: ['target-mean/*'] },
  limits: {
    deviation: {
      value: 3,
      meaning: 'of the deviation of targets, above it; PopArt gives 1 over all that was seen',
    },
    mean: { value: 3, meaning: 'of the absolute mean' },
  },
  why: 'PopArt gives targets a mean of 0 and a deviation of 1 over what was seen: those of one batch may be narrower, and are not several times wider.',
  advice: 'Compare the mean and deviation of the targets with those by which they are normalised.',
  faults: ['ppo/returns-unnormalised', 'ppo/returns-batch-z', 'ppo/normalisation-never-called'],
  laws: ['ppo/target-moments', 'ppo/preserved-values'],
  leadsTo: ['ppo/explained-variance', 'ppo/value-clipped'],
  judge: ({ run, series, limits }) => {
    const mode = setting(run, 'returns.normalisation');
    if (mode !== 'popart' && mode !== 'running')
      return {
        notChecked: 'needs returns that are normalised (tried returns.normalisation: popart, running)',
      };
    const checked = [
      ...series.deviation.map((one) => ({ one, limit: limits.deviation })),
      // Division by a deviation leaves a mean.
      ...(mode === 'popart' ? series.mean.map((one) => ({ one, limit: limits.mean })) : []),
    ];
    return checked.flatMap(({ one, limit }) => {
      const points = behindStart(one.points, 0.3);
      if (points.length < 3) return [];
      const level = levelOf(points);
      if (Math.abs(level) <= limit) return [];
      return [
        {
          what: `${one.logged} is ${told(level)} (median behind the first third)`,
          onset: { by: one.points[0]?.step ?? 0 },
          evidence: shown(one, points),
        },
      ];
    });
  },
});
