import fc from 'fast-check';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { nkLinearise } from '../../src/verification/contracts/index.ts';
import { between, exactly, rowOf, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { PARAMETER_COUNT, parameterVector } from './cases.ts';
import { linearisationOracle, widthsOf } from './oracle/linearisation.ts';
import { UNITS, weightCountOf } from './oracle/network.ts';

/** Three nodes: Gauss and Hermite's, three equal draws, and unequal ones. */
const PROBABILITIES = [
  [1 / 6, 2 / 3, 1 / 6],
  [1 / 3, 1 / 3, 1 / 3],
  [0.5, 0.125, 0.375],
] as const;

const width = fc.constantFrom(3, 5, 6);
const weight = fc.constantFrom(0.25, 1, 3);

const cases = fc.record({
  samples: fc
    .constantFrom(3, 5, 6)
    // States of some ergodic deviations, of which there are 0.01 to 0.1.
    .chain((batch) => exactly(batch, fc.tuple(parameterVector, between(-0.25, 0.25)))),
  nodes: rowOf([between(-2, 2), between(-2, 2), between(-2, 2)]),
  probabilities: fc.constantFrom(...PROBABILITIES),
  network: fc.record({
    hidden: fc.array(width, { minLength: 1, maxLength: 2 }),
    activation: fc.constantFrom('celu' as const, 'gated' as const),
    unit: fc.constantFrom('absolute' as const, 'ergodic' as const),
    stateScale: fc.constantFrom(1, 3),
    outputScale: fc.constantFrom(0.01, 1),
  }),
  equationWeights: fc.record({ is: weight, phillips: weight }),
  reduction: fc.constantFrom('sum' as const, 'mean' as const),
  seed: seeds,
});

/** The linearisation that second-order steps rest on is that of the equations and the network. */
export const jacobian = law({
  id: 'nk/jacobian',
  statement:
    'The residuals whose squares are the loss, and their Jacobian in all weights, follow from equations, expectation and network by the chain rule.',
  formula:
    'R_i = √(λ/B)·r_i,  ∂R_i/∂w = √(λ/B)·(∂r_i/∂x_i·∂x_i/∂w + Σ_j p_j ∂r_i/∂x′·∂x_ij/∂w),  x = (X, Π); for the unit `ergodic` with ζ/sd, sd·x and r/sd',
  guards:
    'a Jacobian that is not that of the residuals: the loss is right, steps are wrong, and training ends where it should go on',
  suspects:
    'the linearisation (src/models/nk/linearisation.ts here), the gradient of a unit (src/nn/gated.ts, src/nn/celu.ts), the sum over a sample’s rows (src/nn/perceptron-jacobian.ts)',
  oracle: 'derivation',
  bound:
    'running error analysis of symbolic slopes, network and chain rule in any order of summation; quotients rounded twice',
  needs: [nkLinearise],
  budget: { runs: 30 },
  coverage: [
    { label: 'gated units', minimumShare: 0.3, shows: ({ network }) => network.activation === 'gated' },
    { label: 'ergodic units', minimumShare: 0.3, shows: ({ network }) => network.unit === 'ergodic' },
    { label: 'two hidden layers', minimumShare: 0.3, shows: ({ network }) => network.hidden.length === 2 },
    {
      label: 'unequal weights',
      minimumShare: 0.3,
      shows: ({ equationWeights: { is, phillips } }) => is !== phillips,
    },
    { label: 'a mean', minimumShare: 0.3, shows: ({ reduction }) => reduction === 'mean' },
  ],
  cases,
  async judge({ samples, nodes, probabilities, seed, ...settings }, { call, arithmetic, floats }) {
    const batch = samples.length;
    const count = weightCountOf(widthsOf(settings), UNITS[settings.network.activation]);
    const stream = streamOf(seed).split('nk/jacobian');
    const input = {
      ...settings,
      parameters: float32(
        [batch, PARAMETER_COUNT],
        samples.flatMap(([parameters]) => parameters),
      ),
      zeta: float32(
        [batch],
        samples.map(([, zeta]) => zeta),
      ),
      nodes: float32([nodes.length], nodes),
      probabilities: float32([probabilities.length], probabilities),
      // Half a unit: hidden units on both sides of the kink, few saturated.
      weights: float32(
        [count],
        normals(stream, count).map((value) => value / 2),
      ),
    };
    const answer = await call(nkLinearise, input);
    const oracle = linearisationOracle(arithmetic, input);
    const nameOf = (row: number): string =>
      `${row < batch ? 'IS' : 'Phillips'} residual of sample ${row % batch}`;
    return [
      hasType('residuals', answer.residuals, floats, [2 * batch]),
      agreesWithOracle('residual', answer.residuals, oracle.residuals, nameOf),
      hasType('Jacobian', answer.jacobian, floats, [2 * batch, count]),
      agreesWithOracle(
        'derivative',
        answer.jacobian,
        oracle.jacobian,
        (index) => `${nameOf(Math.floor(index / count))}, weight ${index % count}`,
      ),
    ];
  },
});
