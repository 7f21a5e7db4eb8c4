import { defineCheck } from '../../check.ts';
import { median } from '../../../numerics/index.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import type { Series } from '../../evidence/series.ts';
import { shown } from '../../rules/shown.ts';

export const missingSteps = defineCheck({
  id: 'general/missing-steps',
  title: 'steps are missing from the log',
  severity: 'suspect',
  needs: {},
  limits: { gap: { value: 1.5, meaning: 'of the usual distance of two rows' } },
  why: 'A log that has a row every n steps and leaves some out was written by a loop that swallowed what happened there.',
  advice: 'Look for a catch in the loop that goes on; let the failure surface.',
  faults: ['training/catch-and-continue', 'bewley/catch-and-continue', 'ppo/catch-and-continue'],
  laws: ['training/failure'],
  judge: ({ run, limits }) => {
    const series = densest(run);
    if (series === undefined || series.points.length < 10) return { notChecked: 'needs ten rows' };
    const steps = series.points.map(({ step }) => step);
    const distances = steps.slice(1).map((step, index) => step - (steps[index] ?? step));
    const usual = median(distances);
    // Episodes end when they end: without an interval there are no gaps.
    const regular = distances.filter((distance) => Math.abs(distance - usual) <= 0.01 * usual).length;
    if (regular < 0.8 * distances.length || series.count > series.points.length)
      return { notChecked: `needs rows at a regular interval; those of ${series.logged} have none` };
    // The last row of a run may stand at its last step, the first behind a warm-up.
    const at = distances.findIndex(
      (distance, index) => index > 0 && index < distances.length - 1 && distance > limits.gap * usual,
    );
    if (at < 0) return [];
    const [before, after] = [series.points[at], series.points[at + 1]];
    if (before === undefined || after === undefined) return [];
    const count = distances.filter((distance) => distance > limits.gap * usual).length;
    return [
      {
        what: `there is no row between steps ${before.step} and ${after.step}, where one is written every ${usual} steps; ${count} such gaps`,
        onset: { after: before.step, by: after.step },
        evidence: shown(series, [before, after]),
      },
    ];
  },
});

function densest({ series, unnamed }: LoggedRun): Series | undefined {
  return [...series.values(), ...unnamed].reduce<Series | undefined>(
    (best, one) => (best === undefined || one.points.length > best.points.length ? one : best),
    undefined,
  );
}
