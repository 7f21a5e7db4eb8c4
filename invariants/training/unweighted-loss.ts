import fc from 'fast-check';
import { trainingLog } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, bitEqual, same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';

/** Losses are compared without their weights. */
export const unweightedLoss = law({
  id: 'training/unweighted-loss',
  statement:
    'Other weights of the parts of a loss change neither its logged parts nor the loss by which steps and runs are compared, before the first update.',
  formula: 'L_i(w) = L_i(1),  U(w) = U(1) = Σ L_i,  L(w) = Σ w_i L_i',
  guards: 'a weight is halved, the logged loss halves at once, and it is read as progress',
  suspects:
    'what the log keeps (src/training/log-row.ts here) and what runs are compared by (unweighted in the kit): weights must not have entered',
  oracle: 'identity',
  bound: 'none for parts and comparison; forward error of the sums for the others',
  needs: [trainingLog],
  budget: { runs: 20 },
  cases: fc.record({
    is: fc.constantFrom(0.25, 0.5, 2, 3),
    phillips: fc.constantFrom(0.1, 0.5, 2, 5),
    seed: seeds,
  }),
  async judge({ is, phillips, seed }, { call, arithmetic }) {
    const logOf = (weights: Readonly<Record<string, number>>) =>
      call(trainingLog, { configuration: { loss: { weights } }, seed, steps: 1 });
    const weights: Readonly<Record<string, number>> = { is, phillips };
    const plain = await logOf({ is: 1, phillips: 1 });
    const weighted = await logOf(weights);
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
      agreesWithOracle('the loss that is differentiated', weighted.total, [
        arithmetic.sum(partsOf((name) => weights[name] ?? Number.NaN)),
      ]),
    ];
  },
});

function first(series: TensorValue | undefined): number {
  return series?.data[0] ?? Number.NaN;
}
