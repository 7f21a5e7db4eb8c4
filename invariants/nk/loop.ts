import fc from 'fast-check';
import { chiSquareBounds, normalCriticalValue } from '../../src/numerics/tails.ts';
import { nkTrace } from '../../src/verification/contracts/index.ts';
import type { OutputOf } from '../../src/verification/operation.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { bitEqual, same } from '../../src/verification/measurement.ts';
import { PARAMETER_COUNT } from './cases.ts';

/*
 * Laws on the training loop, judged by what it did: the live parameters and state that it holds at each gradient step,
 * and the batch that the loss was fed.
 */

type Trace = OutputOf<typeof nkTrace>;

const procedures = fc.record({
  state: fc.constantFrom('ergodic' as const, 'simulated' as const),
  gradientSteps: fc.integer({ min: 1, max: 3 }),
  stateSteps: fc.integer({ min: 1, max: 3 }),
  redrawEvery: fc.integer({ min: 1, max: 3 }),
});

/** The loss is fed the parameters and the state of this very step. */
export const currentBatch = law({
  id: 'nk/current-batch',
  statement:
    'At every gradient step the loss is fed the parameters and the state that the loop holds at that step.',
  formula: 'batch_t = (parameters_t, ζ_t), bit for bit',
  guards:
    'a batch built before parameters or state changed: the network is trained on pairs that belong to different times',
  suspects:
    'where the batch is assembled (src/models/nk/world.ts here): a tuple made before the loop, or cached',
  oracle: 'identity',
  bound: 'none: the same tensors',
  needs: [nkTrace],
  budget: { runs: 25 },
  coverage: [
    {
      label: 'several iterations',
      minimumShare: 0.9,
      shows: ({ procedure, steps }) => steps > procedure.gradientSteps,
    },
  ],
  cases: fc.record({ procedure: procedures, steps: fc.integer({ min: 4, max: 7 }), seed: seeds }),
  async judge({ procedure, steps, seed }, { call }) {
    const trace = await call(nkTrace, { configuration: { procedure }, seed, steps });
    return [
      same('gradient steps traced', String(trace.liveState.shape[0]), String(steps)),
      bitEqual(
        'parameters in the batch',
        trace.batchParameters,
        trace.liveParameters,
        stepOf(trace, PARAMETER_COUNT),
      ),
      bitEqual('state in the batch', trace.batchState, trace.liveState, stepOf(trace, 1)),
    ];
  },
});

/** Parameters are drawn anew as often as configured: no more, no less. */
export const redrawInterval = law({
  id: 'nk/redraw-interval',
  statement:
    'In n iterations parameters are drawn ⌈n / redrawEvery⌉ times, and a draw is kept until its time is over.',
  formula: '#distinct draws = ⌈n/k⌉, changes at iterations k, 2k, …',
  guards:
    'parameters redrawn too seldom: the loss falls and jumps like a saw, and the policy fits a few economies',
  suspects: 'the condition on the iteration counter (src/models/nk/world.ts and src/training here)',
  oracle: 'identity',
  bound: 'none: draws are counted',
  needs: [nkTrace],
  budget: { runs: 25 },
  coverage: [
    {
      label: 'parameters kept for some iterations',
      minimumShare: 0.4,
      shows: ({ procedure }) => procedure.redrawEvery > 1,
    },
  ],
  cases: fc.record({ procedure: procedures, iterations: fc.integer({ min: 4, max: 8 }), seed: seeds }),
  async judge({ procedure, iterations, seed }, { call }) {
    const steps = iterations * procedure.gradientSteps;
    const trace = await call(nkTrace, { configuration: { procedure }, seed, steps });
    const draws = Array.from({ length: iterations }, (_, iteration) =>
      parametersAt(trace, iteration * procedure.gradientSteps),
    );
    const distinct = new Set(draws.filter((draw) => !draw.includes('NaN'))).size;
    const changes = draws.flatMap((draw, iteration) =>
      iteration > 0 && draw !== draws[iteration - 1] ? [iteration] : [],
    );
    const due = draws.flatMap((_, iteration) =>
      iteration > 0 && iteration % procedure.redrawEvery === 0 ? [iteration] : [],
    );
    return [
      same(
        'distinct parameter draws',
        String(distinct),
        String(Math.ceil(iterations / procedure.redrawEvery)),
      ),
      same('iterations that begin with new parameters', changes.join(', '), due.join(', ')),
    ];
  },
});

/** Chance that a correct subject is rejected by either statistic of a case. */
const FALSE_ALARM = 1e-9;

/** Under `simulated` the state lives on between iterations. */
export const persistence = law({
  id: 'nk/persistence',
  statement:
    'Under the procedure `simulated` the live state is continued, not drawn afresh: its lag-1 regression slope on ρζ is 1 and its innovations have deviation |s|.',
  formula: 'Σ x(y − x)/√Σx² ~ N(0, 1) and Σ(y − x)² ~ χ²(n), with x = ρζ_t/s, y = ζ_{t+1}/s',
  guards:
    'a simulation that is restarted whenever parameters are drawn: the ergodic set of the policy is never visited',
  suspects:
    'what becomes of the state when parameters are redrawn (src/models/nk/world.ts and src/training here)',
  oracle: 'statistic',
  bound:
    'exact normal and χ² (Laurent and Massart) tails, 1e-9 each; a state drawn afresh has expected slope 0, which n = 350 rejects with power above 0.999',
  needs: [nkTrace],
  budget: { runs: 20, power: 5 },
  coverage: [
    {
      label: 'parameters redrawn at every iteration',
      minimumShare: 0.3,
      shows: ({ redrawEvery }) => redrawEvery === 1,
    },
  ],
  cases: fc.record({ redrawEvery: fc.constantFrom(1, 1, 2, 3), seed: seeds }),
  async judge({ redrawEvery, seed }, { call }) {
    const procedure = { state: 'simulated', gradientSteps: 1, stateSteps: 1, redrawEvery };
    const trace = await call(nkTrace, { configuration: { procedure, batch: 14 }, seed, steps: 26 });
    const { cross, squaresOfX, squaresOfNoise, count } = regressionOf(trace);
    const { lower, upper } = chiSquareBounds(count, FALSE_ALARM);
    return [
      {
        quantity: 'slope of the state on ρζ less 1, in standard errors',
        measured: Math.abs(cross) / Math.sqrt(squaresOfX),
        allowed: normalCriticalValue(FALSE_ALARM),
      },
      {
        quantity: `sum of squared innovations, distance from ${count}`,
        measured: Math.abs(squaresOfNoise - count),
        allowed: squaresOfNoise > count ? upper - count : count - lower,
        expected: String(count),
        got: squaresOfNoise.toFixed(1),
      },
    ];
  },
});

/** The state was stepped under the parameters of the later row. */
function regressionOf(trace: Trace): {
  cross: number;
  squaresOfX: number;
  squaresOfNoise: number;
  count: number;
} {
  const [steps = 0, batch = 0] = trace.liveState.shape;
  const sums = { cross: 0, squaresOfX: 0, squaresOfNoise: 0, count: 0 };
  for (let step = 0; step + 1 < steps; step += 1) {
    for (let sample = 0; sample < batch; sample += 1) {
      const row = ((step + 1) * batch + sample) * PARAMETER_COUNT;
      const [, sigma = NaN, eta = NaN, , , , rho = NaN, sigmaA = NaN] = trace.liveParameters.data.slice(
        row,
        row + PARAMETER_COUNT,
      );
      const scale = (sigma * (rho - 1) * (1 + eta) * sigmaA) / (sigma + eta);
      const x = (rho * (trace.liveState.data[step * batch + sample] ?? NaN)) / scale;
      const y = (trace.liveState.data[(step + 1) * batch + sample] ?? NaN) / scale;
      sums.cross += x * (y - x);
      sums.squaresOfX += x * x;
      sums.squaresOfNoise += (y - x) ** 2;
      sums.count += 1;
    }
  }
  return sums;
}

function parametersAt(trace: Trace, step: number): string {
  const width = trace.liveParameters.data.length / (trace.liveParameters.shape[0] ?? 1);
  return trace.liveParameters.data.slice(step * width, (step + 1) * width).join(',');
}

function stepOf(trace: Trace, columns: number): (index: number) => string {
  const width = (trace.liveState.shape[1] ?? 1) * columns;
  return (index) => `gradient step ${Math.floor(index / width)}, element ${index % width}`;
}
