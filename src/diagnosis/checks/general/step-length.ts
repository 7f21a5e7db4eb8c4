import { quantile } from '../../../numerics/index.ts';
import { defineCheck } from '../../check.ts';
import type { CheckInput } from '../../check.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import { numberSetting, resumesOf, setting } from '../../evidence/logged-run.ts';
import type { Point } from '../../evidence/series.ts';
import { valuesOf } from '../../evidence/series.ts';
import type { Found } from '../../finding.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';
import { alignedAt, lateOf, levelOf } from '../../rules/windows.ts';

const NEEDS = {
  change: ['first-weight-change', 'weight-change'],
  rate: ['learning-rate'],
};

const NOT_ADAM = { notChecked: 'needs Adam, of which alone the rate is a length (tried optimiser.rule)' };

/** Agents are usually trained with 1e-5, which shortens the first step of most weights. */
const SMALL = 1e-7;

/** Times the constant under the root of the second moment: a gradient of this norm is larger than that in most weights. */
const ABOVE_EPSILON = 1e5;

const DECAY = ['training/decay-without-rate', 'bewley/decay-without-rate'];
const CORRECTION = ['training/bias-correction-late', 'ppo/moments-restarted'];

export const stepLength = defineCheck({
  id: 'general/step-length',
  title: 'steps of Adam are not as long as its learning rate makes them',
  severity: 'sick',
  needs: NEEDS,
  limits: {
    least: {
      value: 0.8,
      meaning: 'of the rate, in the first step; what is missing are weights that have next to no gradient',
    },
    first: { value: 1.1, meaning: 'of the rate, in the first step' },
    most: {
      value: 3.5,
      meaning: 'of the rate, in any step: (1 − β₁)/√(1 − β₂) is 3.2 with the usual constants',
    },
    usual: { value: 1.2, meaning: 'of the rate, in the median of the second half of the rows' },
  },
  why: 'The moments of Adam are corrected for having begun at zero: its first step is the sign of the gradient times the learning rate, whatever the gradient (Kingma and Ba 2015). Later steps are shorter on average, since the square of a mean is at most the mean of the squares, and none is longer than 3.2 rates. Another first step has the correction of another step, or a decay that the rate does not scale; steps that are longer on average have moments and a count that do not belong together.',
  advice:
    'Count the step before the moments are corrected (1 − β^t with t = 1 in the first step), keep moments and count together, and scale the decay with the rate.',
  faults: [...CORRECTION, ...DECAY],
  laws: ['training/optimiser-step', 'training/optimiser-moments'],
  leadsTo: [
    'general/optimiser-restarted',
    'general/plateau',
    'general/divergence',
    'nk/flat-policy',
    'economics/equation-balance',
  ],
  judge: ({ run, series, limits }) => {
    const [change] = series.change;
    if (!isAdam(run) || change === undefined) return NOT_ADAM;
    const lengths = lengthsOf(series);
    const [first] = lengths;
    const tellingOf = (row: Point, faults: readonly string[]): readonly Found[] => [
      {
        what: `${change.logged} is ${told(row.value)} times the learning rate at step ${row.step}`,
        onset: { by: row.step },
        evidence: shown(
          change,
          change.points.filter(({ step }) => step === row.step),
        ),
        faults: [...faults, ...[...CORRECTION, ...DECAY].filter((one) => !faults.includes(one))],
      },
    ];
    if (first?.step === 0 && first.value > limits.first) return tellingOf(first, DECAY);
    if (first?.step === 0 && first.value < limits.least && isSign(run)) return tellingOf(first, CORRECTION);
    const longest = lengths.find(({ value }) => value > limits.most);
    if (longest !== undefined) return tellingOf(longest, DECAY);
    if (lengths.length < LEAST_ROWS) return [];
    const usual = levelOf(lateOf(lengths, 0.5));
    if (usual <= limits.usual) return [];
    return [
      {
        what: `${change.logged} is ${told(usual)} times the learning rate in the median of the second half`,
        onset: { by: lengths.find(({ value }) => value > limits.usual)?.step ?? run.lastStep },
        evidence: shown(change, lateOf(change.points, 0.5)),
        faults: [...CORRECTION.toReversed(), ...DECAY],
      },
    ];
  },
});

/** Whether the first gradient is so large that its step is that of the sign in most weights. */
function isSign(run: LoggedRun): boolean {
  const norm = run.series.get('gradient-norm')?.points[0]?.value;
  const epsilon = numberSetting(run, 'optimiser.epsilon', 'adam_epsilon');
  return norm !== undefined && epsilon !== undefined && epsilon <= SMALL && norm > ABOVE_EPSILON * epsilon;
}

/** Fewer rows say little about what is usual. */
const LEAST_ROWS = 20;

const AT_RESUME = [
  'training/resume-incomplete',
  'bewley/resume-incomplete',
  'ppo/resume-incomplete-optimiser',
];
const ALWAYS = ['nk/optimiser-recreated', 'bewley/optimiser-recreated', 'ppo/moments-restarted'];

export const optimiserRestarted = defineCheck({
  id: 'general/optimiser-restarted',
  title: 'the moments of the optimiser begin at zero again in mid-run',
  severity: 'sick',
  needs: NEEDS,
  limits: {
    always: { value: 0.9, meaning: 'of the length of the first step that the median of later rows has' },
    beyondFirst: { value: 1.05, meaning: 'of it, which nine of ten later rows do not exceed' },
    jump: { value: 2.5, meaning: 'times the median of the rows before a resume' },
    beyond: { value: 1.3, meaning: 'times the longest step in these rows' },
    least: { value: 0.9, meaning: 'of the learning rate, at a resume' },
  },
  why: 'A step of fresh moments is the sign of the gradient times the learning rate. In mid-run, where gradients have turned often, averaged moments make steps of a fraction of that. Where each row has the length of the first the optimiser is made anew all the time; where the first step behind a resume has it, its moments were not loaded.',
  advice:
    'Make the optimiser once, outside the loop; save both moments and the count with the weights, and load them.',
  faults: [...ALWAYS, ...AT_RESUME],
  laws: ['training/optimiser-moments', 'training/resume'],
  leadsTo: ['general/resume', 'general/plateau'],
  judge: ({ run, series, limits }) => {
    const [change] = series.change;
    if (!isAdam(run) || change === undefined) return NOT_ADAM;
    const few = tooFew(change, LEAST_ROWS);
    if (few !== undefined) return few;
    const lengths = lengthsOf(series);
    const [first] = lengths;
    const later = lengths.slice(Math.ceil(START * lengths.length));
    const isAlways =
      first?.step === 0 &&
      lengths.length >= TURNED_ROWS &&
      levelOf(later) > limits.always * first.value &&
      quantile(valuesOf(later), 0.9) < limits.beyondFirst * first.value;
    if (isAlways) {
      return [
        {
          what: `${change.logged} is ${told(levelOf(later))} times the learning rate in the median of later rows, and ${told(first.value)} times in the first step`,
          onset: { by: 0 },
          evidence: shown(change, change.points),
          faults: [...ALWAYS, ...AT_RESUME],
        },
      ];
    }
    return resumesOf(run).flatMap((to): readonly Found[] => {
      const at = lengths.findIndex(({ step }) => step >= to);
      const [before, after] = [lengths.slice(Math.max(0, at - BEFORE), Math.max(0, at)), lengths[at]];
      if (after === undefined || before.length < 5) return [];
      const usual = levelOf(before);
      const isJump =
        after.value > limits.jump * usual &&
        after.value > limits.beyond * Math.max(...valuesOf(before)) &&
        after.value > limits.least;
      if (!isJump) return [];
      return [
        {
          what: `${change.logged} goes from ${told(usual)} to ${told(after.value)} times the learning rate at the resume at step ${to}`,
          onset: { after: before.at(-1)?.step ?? 0, by: after.step },
          evidence: shown(
            change,
            change.points.filter(({ step }) => step === after.step || step === before.at(-1)?.step),
          ),
          faults: [...AT_RESUME, ...ALWAYS],
        },
      ];
    });
  },
});

/** Of the rows, those in which gradients may not have turned yet. */
const START = 0.2;

/** Rows after which they have: while a gradient keeps its sign, averaged moments make steps as long as fresh ones. */
const TURNED_ROWS = 40;

/** Rows before a resume from which the usual length is taken. */
const BEFORE = 20;

function isAdam(run: LoggedRun): boolean {
  const rule = setting(run, 'optimiser.rule') ?? 'adamw';
  return typeof rule === 'string' && /adam/i.test(rule);
}

/** The root mean square of what a step changes, over the learning rate, row by row. */
function lengthsOf({
  change: [change],
  rate: [rate],
}: CheckInput<keyof typeof NEEDS>['series']): readonly Point[] {
  if (change === undefined || rate === undefined) return [];
  return alignedAt([change, rate]).flatMap(({ points: [moved, allowed] }) =>
    moved === undefined || allowed === undefined || allowed.value <= 0
      ? []
      : { ...moved, value: moved.value / allowed.value },
  );
}
