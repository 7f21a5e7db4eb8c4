import fc from 'fast-check';
import { bewleyGradient } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, agreesWithOracle, hasType, worstOf } from '../../src/verification/measurement.ts';
import type { OutputOf } from '../../src/verification/operation.ts';
import type { GradientCase } from './gradient-cases.ts';
import { gradientCases, gradientOf, worldsOf } from './gradient-cases.ts';

type Case = GradientCase & { readonly worldsPerPass: number };
type Gradient = OutputOf<typeof bewleyGradient>;

/**
 * Between worlds taken together and worlds taken apart, of the largest element: 2¹⁰ roundings of 2⁻²⁴. The way through
 * two periods, three networks and back is a few hundred operations long, and sums run over thirty agents; the most that
 * was measured is 11 roundings.
 */
const TOGETHER = 2 ** -14;

/** Gradients taken pass by pass are the gradient of all worlds. */
export const accumulation = law<Case>({
  id: 'bewley/accumulation',
  statement:
    'Loss and gradient of worlds that are taken in passes are the means of those of the passes, each asked for by itself, and those of all worlds at once.',
  formula: '∇L(x₁, …, x_k) = (1/k) Σ ∇L(x_i),  passes of equal size',
  guards:
    'gradients of passes that are summed and not averaged, or of which the last alone counts: the number of passes, which is meant to bound memory, changes the training',
  suspects:
    'what becomes of the gradients of passes (src/models/bewley/passes.ts here), and which worlds each pass takes (src/training/bewley/batch.ts)',
  oracle: 'identity',
  bound:
    'forward error of the mean of the passes, which are exact inputs; 2⁻¹⁴ of the largest element against all worlds at once',
  needs: [bewleyGradient],
  budget: { runs: 6 },
  coverage: [{ label: 'three passes', minimumShare: 0.2, shows: ({ worldsPerPass }) => worldsPerPass === 2 }],
  cases: fc
    .constantFrom([2, 1] as const, [6, 2] as const, [6, 3] as const)
    .chain(([worlds, worldsPerPass]) =>
      gradientCases(worlds).map((sample) => ({ ...sample, worldsPerPass })),
    ),
  async judge({ batch, worldsPerPass, ...sample }, { call, arithmetic, floats }) {
    const [worlds = 0] = batch.state.wealth.shape;
    const alone: Gradient[] = [];
    for (let first = 0; first < worlds; first += worldsPerPass) {
      const pass = worldsOf(batch, first, worldsPerPass);
      alone.push(await call(bewleyGradient, gradientOf(sample, pass)));
    }
    const inPasses = await call(bewleyGradient, gradientOf(sample, batch, worldsPerPass));
    const atOnce = await call(bewleyGradient, gradientOf(sample, batch));
    const meanOf = (read: (answer: Gradient) => number) =>
      arithmetic.mean(alone.map((answer) => arithmetic.exact(read(answer))));
    const loss = meanOf((answer) => answer.loss);
    const gradient = Array.from(inPasses.gradient.data, (_, index) =>
      meanOf((answer) => answer.gradient.data[index] ?? Number.NaN),
    );
    return [
      hasType('gradient of all worlds at once', atOnce.gradient, floats, inPasses.gradient.shape),
      agree('loss in passes', inPasses.loss, loss.value, loss.bound),
      agreesWithOracle('gradient in passes', inPasses.gradient, gradient, weightName),
      near('loss of all worlds at once', [atOnce.loss], [inPasses.loss], () => ''),
      near(
        'gradient of all worlds at once',
        [...atOnce.gradient.data],
        [...inPasses.gradient.data],
        weightName,
      ),
    ];
  },
});

const weightName = (index: number): string => `weight ${index}`;

/** The worst of elements that must agree to a part of the largest. */
function near(
  quantity: string,
  got: readonly number[],
  expected: readonly number[],
  nameOf: (index: number) => string,
): Measurement {
  const allowed = TOGETHER * Math.max(...expected.map(Math.abs));
  const elements = expected.map((value, index) =>
    agree(quantity, got[index] ?? Number.NaN, value, allowed, nameOf(index)),
  );
  return worstOf(elements) ?? { quantity: `${quantity} (empty)`, measured: Number.NaN, allowed };
}
