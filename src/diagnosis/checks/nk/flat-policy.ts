import { defineCheck } from '../../check.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import { numberSetting } from '../../evidence/logged-run.ts';
import { shown, told } from '../../rules/shown.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import { tooFew } from '../../rules/too-few.ts';
import { behindStart, lateOf, levelOf } from '../../rules/windows.ts';

/** Of the rows, the end at which a level is taken. */
const END = 0.3;

/** Networks whose outputs are divided by 100 begin with next to nothing. */
const FLAT_SCALE = 0.1;

const NEEDS = { is: ['residual-is'], phillips: ['residual-phillips'] } as const;

export const worseThanFlat = defineCheck({
  id: 'nk/worse-than-flat',
  title: 'the IS residual is far above that of a policy of zero',
  severity: 'sick',
  needs: NEEDS,
  limits: {
    factor: {
      value: 2,
      meaning:
        'of the first row, in which a network with small outputs is nearly flat; sick beyond what the sampling of that row explains',
    },
  },
  why: 'A policy of zero leaves the IS curve with the natural rate alone, (ζ/σ)². More than that is asked of it: where a step turns the state from B to 1×B, sample i is to meet the state of every sample j, which is B times as much, and the best reply to a random state is zero: the Phillips curve holds to 1e-5. Where the state itself is too wide, both residuals are large.',
  advice:
    'Print the shapes of the state before and after a step, and of the residuals; compare the deviation of the state with |s|/√(1 − ρ²).',
  faults: ['nk/step-changes-shape', 'nk/step-scale', 'nk/shock-scale'],
  laws: ['nk/shapes', 'nk/ergodic-moments', 'nk/transition'],
  leadsTo: [
    'economics/equation-balance',
    'general/plateau',
    'general/divergence',
    'general/gradient-norm',
    'nk/flat-policy',
    'general/gradient-clipped',
  ],
  judge: ({ run, series, limits }) => {
    const [is, phillips] = [series.is[0], series.phillips[0]];
    if (is === undefined || phillips === undefined) return [];
    const few = tooFew(is, 10);
    if (few !== undefined) return few;
    const scale = numberSetting(run, 'network.outputScale');
    if (scale !== undefined && scale > FLAT_SCALE)
      return { notChecked: `needs a network that begins flat; network.outputScale is ${told(scale)}` };
    const [first] = is.points;
    if (first === undefined) return [];
    const stretch = stretchOf(is.points, (value) => value > limits.factor * first.value, {
      length: 5,
      share: 0.8,
    });
    const level = levelOf(lateOf(is.points, END));
    if (stretch === undefined || level <= limits.factor * first.value) return [];
    const isSure = level > limits.factor * (1 + ERRORS * firstRowError(run)) * first.value;
    const isBroadcast = levelOf(lateOf(phillips.points, END)) < 1e-3 * level;
    const batch = numberSetting(run, 'batch');
    const times =
      batch === undefined
        ? ''
        : `, where a state that is broadcast over the batch gives ${batch} times as much`;
    return [
      {
        severity: isSure ? 'sick' : 'suspect',
        what: `${is.logged} ends at ${told(level)}, ${told(level / first.value)} times that of the first row${isBroadcast ? times : ''}; ${phillips.logged} at ${told(levelOf(lateOf(phillips.points, END)))}`,
        ...onsetOf(stretch),
        evidence: [...shown(is, [first]), ...shown(is, stretch.bad)],
        faults: isBroadcast
          ? ['nk/step-changes-shape', 'nk/step-scale', 'nk/shock-scale']
          : level > 100 * first.value
            ? ['nk/step-scale', 'nk/shock-scale', 'nk/step-changes-shape']
            : ['nk/shock-scale', 'nk/step-scale', 'nk/step-changes-shape'],
      },
    ];
  },
});

/** Standard errors that the first row may be off by. */
const ERRORS = 3;

/**
 * Variance of the squares of ζ/σ over their squared mean: ζ is normal (3), with a deviation that is proportional to σ_a, whose
 * prior gives 1.46, and other parameters about 1.3: 3·1.46·1.3 − 1.
 */
const SPREAD = 5;

/** Relative standard error of the IS residual of one row, which is a mean over its batch. */
function firstRowError(run: LoggedRun): number {
  const batch = numberSetting(run, 'batch');
  return batch === undefined ? 0 : Math.sqrt(SPREAD / batch);
}

export const flatPolicy = defineCheck({
  id: 'nk/flat-policy',
  title: 'policies are flat: the Phillips curve holds because nothing moves',
  severity: 'sick',
  needs: NEEDS,
  limits: {
    least: { value: 0.5, meaning: 'of the IS residual of the first row that is left' },
    ratio: { value: 1e-5, meaning: 'Phillips over IS: policies that are only small yet leave 1e-4' },
  },
  why: 'With X = Π = 0 the Phillips curve is solved to all digits, and the IS residual is that of the natural rate. Weights that decay without the learning rate, or inputs that are truncated to whole numbers, end there.',
  advice: 'Look at what the network is fed, its type, and at the size of its weights.',
  faults: [
    'training/decay-without-rate',
    'training/int-concat',
    'training/decay-in-gradient',
    'nk/step-changes-shape',
  ],
  laws: ['training/optimiser-step', 'nk/shapes', 'nk/network'],
  leadsTo: ['economics/equation-balance', 'general/plateau'],
  judge: ({ run, series, limits }) => {
    const [is, phillips] = [series.is[0], series.phillips[0]];
    if (is === undefined || phillips === undefined) return [];
    const few = tooFew(is, 40);
    if (few !== undefined) return few;
    const scale = numberSetting(run, 'network.outputScale');
    if (scale !== undefined && scale > FLAT_SCALE)
      return { notChecked: `needs a network that begins flat; network.outputScale is ${told(scale)}` };
    const [first] = is.points;
    // What is exactly 0 is not computed.
    if (first === undefined || first.value === 0) return [];
    const late = behindStart(is.points, 1 - END);
    const [level, other] = [levelOf(late), levelOf(lateOf(phillips.points, END))];
    if (level < limits.least * first.value || other > limits.ratio * level) return [];
    return [
      {
        what: `${is.logged} is ${told(level)} at the end and ${told(first.value)} in the first row, ${phillips.logged} ${told(other)}`,
        onset: { by: late[0]?.step ?? first.step },
        evidence: [...shown(is, late), ...shown(phillips, lateOf(phillips.points, END))],
      },
    ];
  },
});
