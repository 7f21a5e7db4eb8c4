import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { trainingTrace } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, same } from '../../src/verification/measurement.ts';
import type { OutputOf } from '../../src/verification/operation.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import type { Trained } from './cases.ts';
import { isBewley, isPpo, ppoSettings, trainers } from './cases.ts';

type Trace = OutputOf<typeof trainingTrace>;
type AdamW = NonNullable<Trace['adamW']>;

/** What an optimiser does with its moments: the weights follow AdamW from step to step. */
export const optimiserStep = law({
  id: 'training/optimiser-step',
  statement:
    'From the second step on, weights follow the recursion of AdamW in the weights of the step before, the moments of the step and its learning rate.',
  formula: 'θ_t = (1 − η_t λ) θ_{t−1} − η_t/(1−β₁ᵗ) · m_t / (√v_t/√(1−β₂ᵗ) + ε)',
  guards:
    'bias correction, weight decay or ε that differ a little from what they are told to be: the run converges, more slowly or to another policy, and its numbers cannot be compared',
  suspects:
    'the update (src/nn/adam.ts here): from where t is counted, whether decay is times the rate and outside the moments, whether ε is inside the root',
  oracle: 'derivation',
  bound:
    'forward error of one recursion from weights, moments and rate of the trace, which are exact inputs; its constants are rounded once',
  needs: [trainingTrace],
  budget: { runs: 15 },
  coverage: [
    { label: 'the Bewley trainer', minimumShare: 0.15, shows: ({ trained }) => isBewley(trained) },
    { label: 'the PPO trainer', minimumShare: 0.15, shows: ({ trained }) => isPpo(trained) },
    {
      label: 'weights decay',
      minimumShare: 0.4,
      shows: (sample) => decays(sample) && sample.weightDecay > 0,
    },
    {
      label: 'decay beyond the default',
      minimumShare: 0.2,
      shows: (sample) => decays(sample) && sample.weightDecay >= 0.1,
    },
    { label: 'an ε that counts', minimumShare: 0.25, shows: ({ epsilon }) => epsilon >= 1e-3 },
    { label: 'short memory', minimumShare: 0.25, shows: ({ beta2 }) => beta2 < 0.99 },
  ],
  modelOf: ({ trained }) => trained.model,
  cases: fc.record({
    weightDecay: fc.constantFrom(0, 0.01, 0.1, 1),
    beta1: fc.constantFrom(0, 0.5, 0.9),
    beta2: fc.constantFrom(0.5, 0.9, 0.999),
    // Gradients are clipped to a norm of 1: most of their elements are between 1e-3 and 1.
    epsilon: fc.constantFrom(1e-8, 1e-3, 0.1),
    trained: trainers(
      fc.record({ procedure: fc.record({ gradientSteps: fc.integer({ min: 1, max: 3 }) }) }),
      // PopArt changes weights between two steps, and is judged by laws of its own.
      ppoSettings('none', 'running'),
    ),
    steps: fc.integer({ min: 3, max: 6 }),
    seed: seeds,
  }),
  async judge({ trained, steps, seed, ...optimiser }, { call, arithmetic }) {
    const { model, configuration } = trained;
    // PPO has no weight decay, and no key for it.
    const { weightDecay: decay, ...known } = optimiser;
    const trace = await call(trainingTrace, {
      model,
      configuration: { ...configuration, optimiser: decays({ trained }) ? optimiser : known },
      seed,
      steps,
    });
    const { weights, firstMoment, secondMoment, adamW } = trace;
    if (adamW === undefined) return [same('constants of AdamW in the trace', 'absent', 'there')];
    const { weightDecay, beta1, beta2, epsilon } = adamW;
    const told = { weightDecay, beta1, beta2, epsilon };
    const asked = { weightDecay: decays({ trained }) ? decay : 0, ...known };
    const width = weights.data.length / steps;
    const sizes = [weights, firstMoment, secondMoment].map(({ data }) => data.length);
    return [
      same('constants of AdamW', JSON.stringify(told), JSON.stringify(asked)),
      same('rates in the trace', String(adamW.learningRate.data.length), String(steps)),
      same('elements in the trace', sizes.join(', '), sizes.map(() => steps * width).join(', ')),
      agreesWithOracle(
        'weight',
        after(weights, width),
        recursion(arithmetic, trace, adamW, width),
        (index) => `gradient step ${1 + Math.floor(index / width)}, weight ${index % width}`,
      ),
    ];
  },
});

/** Whether the optimiser of a trainer knows weight decay. */
function decays({ trained }: { readonly trained: Trained<unknown> }): boolean {
  return !isPpo(trained);
}

/** A trace without its first row, before which its weights are not known. */
function after({ dtype, shape: [rows = 0, ...rest], data }: TensorValue, width: number): TensorValue {
  return { dtype, shape: [rows - 1, ...rest], data: data.slice(width) };
}

/** The weights that each row but the first must have, given those of the row before. */
function recursion(
  arithmetic: RunningError,
  { weights, firstMoment, secondMoment }: Trace,
  { learningRate, beta1, beta2, epsilon, weightDecay }: AdamW,
  width: number,
): readonly Bounded[] {
  const { exact, rounded, mul, div, add, sub, sqrt } = arithmetic;
  const at = ({ data }: TensorValue, index: number): number => data[index] ?? Number.NaN;
  return Array.from({ length: Math.max(0, weights.data.length - width) }, (_, offset) => {
    const index = offset + width;
    const row = Math.floor(index / width);
    // Updates are counted from 1.
    const t = row + 1;
    const rate = at(learningRate, row);
    const root = div(sqrt(exact(at(secondMoment, index))), rounded(Math.sqrt(1 - beta2 ** t)));
    const mean = div(exact(at(firstMoment, index)), rounded(1 - beta1 ** t));
    const step = div(mul(rounded(rate), mean), add(root, rounded(epsilon)));
    return sub(mul(exact(at(weights, index - width)), rounded(1 - rate * weightDecay)), step);
  });
}
