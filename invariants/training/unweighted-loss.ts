import fc from 'fast-check';
import { trainingLog } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, bitEqual, same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';

type Weighting =
  | { readonly model: 'nk'; readonly weights: { readonly is: number; readonly phillips: number } }
  | {
      readonly model: 'bewley';
      readonly weights: { readonly complementarity: number; readonly euler: number; readonly labor: number };
      readonly byWealth: number;
    };

const few = fc.constantFrom(0.1, 0.25, 0.5, 2, 3);

const weightings: fc.Arbitrary<Weighting> = fc.oneof(
  fc.record({ model: fc.constant('nk' as const), weights: fc.record({ is: few, phillips: few }) }),
  fc.record({
    model: fc.constant('bewley' as const),
    weights: fc.record({ complementarity: few, euler: few, labor: few }),
    byWealth: fc.constantFrom(0, 0, 0.5, 1),
  }),
);

/** Losses are compared without their weights. */
export const unweightedLoss = law({
  id: 'training/unweighted-loss',
  statement:
    'Other weights of the parts of a loss, or of the agents in it, change neither its logged parts nor the loss by which steps and runs are compared, before the first update.',
  formula: 'L_i(w) = L_i(1),  U(w) = U(1) = Σ L_i,  L(w) = Σ w_i L_i where all agents count alike',
  guards: 'a weight is halved, the logged loss halves at once, and it is read as progress',
  suspects:
    'what the log keeps (src/training/nk/log-row.ts, src/training/bewley/log-row.ts here) and what runs are compared by (unweighted in the kit): weights must not have entered',
  oracle: 'identity',
  bound: 'none for parts and comparison; forward error of the sums for the others',
  needs: [trainingLog],
  budget: { runs: 20 },
  coverage: [
    {
      label: 'the Bewley trainer',
      minimumShare: 0.3,
      shows: ({ weighting }) => weighting.model === 'bewley',
    },
  ],
  cases: fc.record({ weighting: weightings, seed: seeds }),
  async judge({ weighting, seed }, { call, arithmetic }) {
    const { model, ...loss } = weighting;
    const weights: Readonly<Record<string, number>> = weighting.weights;
    const ones = Object.fromEntries(Object.keys(weights).map((name) => [name, 1]));
    const alike = weighting.model === 'bewley' ? { byWealth: 0 } : {};
    const logOf = (settings: object) =>
      call(trainingLog, { model, configuration: { loss: settings }, seed, steps: 1 });
    const plain = await logOf({ weights: ones, ...alike });
    const weighted = await logOf(loss);
    const countAlike = weighting.model === 'nk' || weighting.byWealth === 0;
    const names = Object.keys(plain.parts).sort();
    const partsOf = (weightOf: (name: string) => number) =>
      names.map((name) =>
        arithmetic.mul(arithmetic.rounded(weightOf(name)), arithmetic.exact(first(plain.parts[name]))),
      );
    return [
      same('parts of the loss', names.join(', '), Object.keys(weights).sort().join(', ')),
      ...names.map((name) =>
        bitEqual(
          `${name} under other weights`,
          weighted.parts[name] ?? plain.total,
          plain.parts[name] ?? plain.total,
        ),
      ),
      bitEqual('the loss that is compared, under other weights', weighted.unweighted, plain.unweighted),
      agreesWithOracle('the loss that is compared', plain.unweighted, [arithmetic.sum(partsOf(() => 1))]),
      ...(countAlike
        ? [
            agreesWithOracle('the loss that is differentiated', weighted.total, [
              arithmetic.sum(partsOf((name) => weights[name] ?? Number.NaN)),
            ]),
          ]
        : []),
    ];
  },
});

function first(series: TensorValue | undefined): number {
  return series?.data[0] ?? Number.NaN;
}
