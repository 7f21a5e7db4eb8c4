import fc from 'fast-check';
import { trainingDampedStep } from '../../src/verification/contracts/index.ts';
import { between, exactly } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agree, agreesWithOracle, hasType, same } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import type { DampedOutcome, DampedProblem } from './oracle/damped-step.ts';
import { dampedOutcome } from './oracle/damped-step.ts';

/** Residuals and weights, unlike each other and no multiples of 4; there are fewer residuals than weights too. */
const SIZES = [
  [3, 2],
  [5, 3],
  [7, 5],
  [3, 5],
  [9, 2],
] as const;

const problems: fc.Arbitrary<DampedProblem> = fc
  .tuple(fc.constantFrom(...SIZES), fc.constantFrom(0.5, 2, 8, 64))
  .chain(([[rows, columns], bend]) => {
    const matrix = exactly(rows, exactly(columns, between(-1, 1)));
    return fc.record({
      residuals: exactly(rows, between(-1, 1)),
      jacobian: matrix,
      // A power of two, or C would not be of single precision.
      curvature: matrix.map((elements) => elements.map((row) => row.map((value) => bend * value))),
      damping: fc.constantFrom(0.01, 0.1, 1),
      settings: fc.record({
        raise: fc.constantFrom(2, 4, 10),
        lower: fc.constantFrom(0.2, 0.5, 1),
        attempts: fc.constantFrom(1, 2, 3, 8),
        probe: fc.constantFrom(0.1, 0.2, 1),
      }),
    });
  })
  .filter((problem) => dampedOutcome(problem) !== undefined);

/** A problem whose outcome shows a feature. */
const shows =
  (feature: (outcome: DampedOutcome, problem: DampedProblem) => boolean) =>
  (problem: DampedProblem): boolean => {
    const outcome = dampedOutcome(problem);
    return outcome !== undefined && feature(outcome, problem);
  };

/** Rare among random problems, one in twenty. */
const isStraight = shows(({ accepted, bend }) => accepted && bend > 0.75);

/** A damped step goes down, bends with its path, and remembers how much damping it took. */
export const dampedStep = law({
  id: 'training/damped-step',
  statement:
    'A step of Levenberg and Marquardt with geodesic acceleration is that of its recursion: the first attempt that lowers the sum of squares, or none, with the damping raised after each rejection and lowered after acceptance.',
  formula: 'A = JᵀJ + λ(tr JᵀJ/P)I,  v = −A⁻¹Jᵀr,  a = −A⁻¹Jᵀr″,  step = v + a/2 if ‖a/2‖ ≤ 0.75‖v‖, else v',
  guards:
    'steps uphill, a correction that bends the wrong way, or damping that runs away: training stalls or jumps, and looks like a hard problem',
  suspects:
    'the step (src/nn/levenberg-marquardt.ts here): the comparison, the factors of the damping, sign and half of the acceleration',
  oracle: 'derivation',
  bound:
    'velocity and step rounded to single precision once each, carried through |A⁻¹|; all else in double precision, times the condition of A. Cases in which rounding could decide a comparison are not drawn',
  needs: [trainingDampedStep],
  coverage: [
    {
      label: 'accepted at once',
      minimumShare: 0.2,
      shows: shows(({ accepted, attempts }) => accepted && attempts === 1),
    },
    {
      label: 'rejected, then accepted',
      minimumShare: 0.1,
      shows: shows(({ accepted, attempts }) => accepted && attempts > 1),
    },
    { label: 'all attempts rejected', minimumShare: 0.1, shows: shows(({ accepted }) => !accepted) },
    {
      label: 'accepted with a correction that counts',
      minimumShare: 0.15,
      shows: shows(({ accepted, bend }) => accepted && bend > 0.05 && bend <= 0.75),
    },
    {
      label: 'accepted without the correction',
      minimumShare: 0.1,
      shows: isStraight,
    },
  ],
  cases: fc.oneof({ weight: 4, arbitrary: problems }, { weight: 1, arbitrary: problems.filter(isStraight) }),
  async judge(problem, { call, floats }) {
    const { residuals, jacobian, curvature, damping, settings } = problem;
    const shape = [jacobian.length, jacobian[0]?.length ?? 0] as const;
    const answer = await call(trainingDampedStep, {
      residuals: float32([residuals.length], residuals),
      jacobian: float32(shape, jacobian.flat()),
      curvature: float32(shape, curvature.flat()),
      damping,
      settings,
    });
    const outcome = dampedOutcome(problem);
    if (outcome === undefined) throw new TypeError('a case was drawn that rounding may decide');
    return [
      same('a step', answer.accepted ? 'accepted' : 'given up', outcome.accepted ? 'accepted' : 'given up'),
      same('attempts', String(answer.attempts), String(outcome.attempts)),
      agree('damping for the next step', answer.damping, outcome.damping.value, outcome.damping.bound),
      hasType('the step', answer.step, floats, [shape[1]]),
      agreesWithOracle('step', answer.step, outcome.step, (index) => `weight ${index}`),
    ];
  },
});
