import { defineCheck } from '../../check.ts';
import { numberSetting, setting } from '../../evidence/logged-run.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';

export const learningRate = defineCheck({
  id: 'general/learning-rate',
  title: 'the learning rate jumps up in mid-run',
  severity: 'suspect',
  needs: { rate: ['learning-rate'] },
  limits: {
    rise: {
      value: 1.5,
      meaning: 'of the rate of the row before, after the rate has fallen; warm-up comes before that',
    },
  },
  why: 'A schedule that begins again, at a resume that did not save its step, undoes what the small rates before it had refined. Cyclic schedules do it on purpose.',
  advice:
    'Save the step of the schedule with the weights; where restarts are meant, accept the finding with a reason.',
  faults: ['training/resume-incomplete-step', 'ppo/resume-incomplete-step'],
  laws: ['training/resume', 'training/learning-rate'],
  leadsTo: ['general/resume'],
  judge: ({ series, limits }) => {
    const rate = series.rate[0];
    if (rate === undefined) return [];
    const few = tooFew(rate, 5);
    if (few !== undefined) return few;
    let hasFallen = false;
    for (const [index, point] of rate.points.entries()) {
      const before = rate.points[index - 1];
      if (before === undefined) continue;
      if (point.value < before.value) hasFallen = true;
      if (!hasFallen || point.value <= limits.rise * before.value) continue;
      return [
        {
          what: `${rate.logged} goes from ${told(before.value)} at step ${before.step} to ${told(point.value)} at step ${point.step}`,
          onset: { after: before.step, by: point.step },
          evidence: shown(rate, [before, point]),
        },
      ];
    }
    return [];
  },
});

/** Keys under which programs write the rate at which a run begins. */
const RATE_KEYS = ['optimiser.learningRate', 'learning_rate', 'learning-rate', 'lr'];

export const rateIgnored = defineCheck({
  id: 'general/rate-ignored',
  title: 'the learning rate is not the one that is configured',
  severity: 'sick',
  needs: { rate: ['learning-rate'] },
  limits: {
    share: {
      value: 0.05,
      meaning: 'of the configured rate, at the first row; a warm-up begins lower and rises',
    },
  },
  why: 'A key that is parsed and never read leaves its default in force, and nothing else tells.',
  advice: 'Read every key once, and refuse what is not read.',
  faults: ['training/config-not-read', 'ppo/scheduler-lost', 'training/config-mistyped'],
  laws: ['training/keys-read', 'training/refuses-bad-keys'],
  leadsTo: ['general/schedule-absent'],
  judge: ({ run, series, limits }) => {
    const rate = series.rate[0];
    const configured = numberSetting(run, ...RATE_KEYS);
    if (rate === undefined) return [];
    if (configured === undefined)
      return { notChecked: `needs the configured rate (tried ${RATE_KEYS.join(', ')})` };
    const few = tooFew(rate, 3);
    if (few !== undefined) return few;
    const [first, second] = rate.points;
    if (first === undefined || second === undefined) return [];
    const isWarmUp = second.value > first.value;
    if (isWarmUp || Math.abs(first.value - configured) <= limits.share * configured) return [];
    return [
      {
        what: `${rate.logged} is ${told(first.value)} at step ${first.step}, where ${told(configured)} is configured`,
        onset: { by: first.step },
        evidence: shown(rate, rate.points),
      },
    ];
  },
});

/** Settings by which a configuration says that the rate falls: Plumbline, CleanRL. */
const ANNEALED = ['optimiser.anneal', 'anneal_lr', 'anneal-lr'];

export const scheduleAbsent = defineCheck({
  id: 'general/schedule-absent',
  title: 'the learning rate never moves, where the configuration has a schedule',
  severity: 'sick',
  needs: { rate: ['learning-rate'] },
  limits: { rows: { value: 10, meaning: 'rows with one and the same rate' } },
  why: 'A schedule that is configured and not called leaves the rate where it began; the configuration says that it falls, the log that it does not.',
  advice:
    'Look at where the rate of the schedule enters the optimiser; a schedule that is lost at a resume stands still from there.',
  faults: ['ppo/scheduler-lost'],
  laws: ['training/learning-rate', 'training/keys-read'],
  judge: ({ run, series, limits }) => {
    const rate = series.rate[0];
    if (rate === undefined) return [];
    const finalRate = setting(run, 'optimiser.finalLearningRate');
    const firstRate = setting(run, 'optimiser.learningRate');
    const isScheduled =
      ANNEALED.some((key) => setting(run, key) === true) ||
      (typeof finalRate === 'number' && typeof firstRate === 'number' && finalRate < firstRate);
    if (!isScheduled)
      return {
        notChecked: `needs a configuration with a schedule (tried ${ANNEALED.join(', ')}, optimiser.finalLearningRate)`,
      };
    const few = tooFew(rate, limits.rows);
    if (few !== undefined) return few;
    const [first] = rate.points;
    if (first === undefined || rate.points.some(({ value }) => value !== first.value)) return [];
    return [
      {
        what: `${rate.logged} is ${told(first.value)} in all ${rate.points.length} rows`,
        onset: { by: first.step },
        evidence: shown(rate, rate.points),
      },
    ];
  },
});
