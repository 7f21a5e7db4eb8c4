import { defineCheck } from '../../check.ts';
import { resumesOf } from '../../evidence/logged-run.ts';
import { median } from '../../../numerics/index.ts';
import type { Series } from '../../evidence/series.ts';
import { shown, told } from '../../rules/shown.ts';

/** Rows before a resume from which the usual change is taken. */
const BEFORE = 20;

const FAULTS = [
  'training/resume-incomplete',
  'training/resume-incomplete-state',
  'training/resume-incomplete-damping',
  'bewley/resume-incomplete',
  'bewley/resume-incomplete-statistics',
  'bewley/resume-incomplete-worlds',
  'ppo/resume-incomplete-observations',
  'normaliser/load-drops-statistics',
  'ppo/resume-incomplete-optimiser',
  'ppo/resume-incomplete-returns',
];

/** Metrics that tell what was not loaded, by the beginning of their name. */
const TELLING: readonly (readonly [name: RegExp, fault: string])[] = [
  [/^damping/, 'training/resume-incomplete-damping'],
  [/^(?:normalised|fed)/, 'bewley/resume-incomplete-statistics'],
  [/^(?:wealth|capital)/, 'bewley/resume-incomplete-worlds'],
  [/^value-loss/, 'ppo/resume-incomplete-returns'],
];

export const resume = defineCheck({
  id: 'general/resume',
  title: 'a metric jumps where the run was resumed',
  severity: 'suspect',
  needs: { metric: ['loss-unweighted', 'loss', 'value-loss', 'normalised-wealth-mean', 'tensors'] },
  limits: { changes: { value: 20, meaning: 'times the median change from row to row before the resume' } },
  why: 'A run that goes on from a whole checkpoint goes on as if nothing had been: optimiser, step, statistics, random state and environments are all part of it.',
  advice: 'Train 2k steps, and k steps, save, load, k steps: the two must be equal bit for bit.',
  faults: FAULTS,
  laws: ['training/resume', 'normaliser/save-load'],
  judge: ({ run, limits }) => {
    const steps = resumesOf(run);
    if (steps.length === 0) return { notChecked: 'needs a resume in the log: steps that go back' };
    return steps.flatMap((to) =>
      [...run.series.values()].filter(judged).flatMap((series) => {
        const at = series.points.findIndex(({ step }) => step >= to);
        const [before, after] = [series.points[at - 1], series.points[at]];
        if (before === undefined || after === undefined) return [];
        const rows = series.points.slice(Math.max(0, at - BEFORE), at);
        const changes = rows
          .slice(1)
          .map(({ value }, index) => Math.abs(value - (rows[index]?.value ?? value)));
        if (changes.length < 3) return [];
        const usual = median(changes);
        const jump = Math.abs(after.value - before.value);
        if (usual === 0 || jump <= limits.changes * usual) return [];
        return [
          {
            what: `${series.logged} goes from ${told(before.value)} to ${told(after.value)} at the resume at step ${to}, ${told(jump / usual)} times its usual change`,
            onset: { after: before.step, by: after.step },
            evidence: shown(series, [before, after]),
            ...likely(series),
          },
        ];
      }),
    );
  },
});

function likely({ name }: Series): { readonly faults?: readonly string[] } {
  const [, fault] = TELLING.find(([pattern]) => pattern.test(name)) ?? [];
  return fault === undefined ? {} : { faults: [fault, ...FAULTS.filter((one) => one !== fault)] };
}

/** Sizes that go on smoothly; a return of an episode does not. */
function judged({ name }: Series): boolean {
  return /^(?:loss|value-loss|residual|normalised|fed|wealth|capital|gradient-norm|damping|kl-k3|kl-exact)/.test(
    name,
  );
}
