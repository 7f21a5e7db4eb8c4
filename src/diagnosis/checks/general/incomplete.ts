import { defineCheck } from '../../check.ts';
import { numberSetting } from '../../evidence/logged-run.ts';

/** Keys under which programs write how many steps a run is to have. */
const KEYS = ['steps', 'total_timesteps', 'total-timesteps', 'max_steps', 'trainer.max_steps', 'iterations'];

export const incomplete = defineCheck({
  id: 'general/incomplete',
  title: 'the run ended before its configured end',
  severity: 'remark',
  needs: {},
  limits: {
    share: {
      value: 0.98,
      meaning: 'of the configured steps, or one interval between rows less than all of them',
    },
  },
  why: 'A run that was stopped, or broke off, is judged by what it was when it ended.',
  advice: 'Go on with it, or say that it is part of a run.',
  faults: [],
  laws: [],
  judge: ({ run, limits }) => {
    const steps = numberSetting(run, ...KEYS);
    if (steps === undefined || steps <= 0)
      return { notChecked: `needs the number of steps (tried ${KEYS.join(', ')})` };
    // A row may tell of the steps behind it, and the last interval need not be logged.
    const [longest] = [...run.series.values()].sort((a, b) => b.points.length - a.points.length);
    const [before, last] = longest?.points.slice(-2) ?? [];
    const interval = before === undefined || last === undefined ? 1 : last.step - before.step;
    if (run.lastStep + interval >= Math.min(steps, limits.share * steps + 1)) return [];
    return [
      {
        what: `the last row is at step ${run.lastStep}, of ${steps} that are configured`,
        onset: { by: run.lastStep },
        evidence: [],
      },
    ];
  },
});
