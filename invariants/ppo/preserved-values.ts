import fc from 'fast-check';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { ppoRescale } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { magnitude } from '../bewley/cases.ts';
import { exactRow, rowAt, tensorOf } from './cases.ts';
import type { NetworkSizes } from './oracle/network.ts';
import { networkOf, NOT_A_NUMBER, valueHeadFrom } from './oracle/network.ts';
import { networks, TABLE, tableSizes, weightsOf } from './tables.ts';

const SAMPLES = 5;

interface Units {
  readonly mean: TensorValue;
  readonly deviation: TensorValue;
}

interface Case {
  readonly sizes: NetworkSizes;
  readonly weights: TensorValue;
  readonly observations: TensorValue;
  readonly before: Units;
  readonly after: Units;
}

const units: fc.Arbitrary<Units> = fc.record({
  mean: tensorOf([TABLE.rewards], between(-20, 20)),
  deviation: tensorOf([TABLE.rewards], magnitude(0.1, 100)),
});

/** New units of the targets leave what the critic says as it was. */
export const preservedValues = law<Case>({
  id: 'ppo/preserved-values',
  statement:
    'When the moments of the returns change, the last layer of the value changes with them, so that every value in units of the reward is what it was.',
  formula: 'μ′ + σ′ V′(o) = μ + σ V(o)',
  guards: 'a critic that is thrown back with every update of the moments, and advantages that are noise',
  suspects:
    'the last layer (src/models/ppo/popart.ts here) and where it lies in the weights (src/models/ppo/network.ts)',
  oracle: 'identity',
  bound: 'running error analysis of the network with the last layer rounded once',
  needs: [ppoRescale],
  budget: { runs: 20 },
  coverage: [{ label: 'shared layers', minimumShare: 0.25, shows: ({ sizes }) => sizes.shared }],
  cases: networks.chain((network) => {
    const sizes = tableSizes(network);
    return fc.record({
      sizes: fc.constant(sizes),
      weights: weightsOf(sizes),
      observations: tensorOf([SAMPLES, sizes.observations], between(-1, 1)),
      before: units,
      after: units,
    });
  }),
  async judge({ sizes, weights, observations, before, after }, { call, arithmetic }) {
    const { actions, rewards, kind, hidden, shared } = sizes;
    const network = { actions, rewards, kind, hidden: [...hidden], shared };
    const answer = await call(ppoRescale, { network, weights, observations, before, after });
    const head = valueHeadFrom(sizes);
    const exact = exactRow(arithmetic, weights.data);
    const scale = (of: keyof Units, at: Units, component: number): number => at[of].data[component] ?? NaN;
    const rescaled = exact.map((weight, at) => {
      if (at < head) return weight;
      const component = (at - head) % rewards;
      const isBias = at >= exact.length - rewards;
      const shift = isBias ? scale('mean', before, component) - scale('mean', after, component) : 0;
      const numerator = scale('deviation', before, component) * weight.value + shift;
      return arithmetic.rounded(numerator / scale('deviation', after, component));
    });
    const valuesAt = (at: readonly Bounded[]): readonly Bounded[] => {
      const told = networkOf(arithmetic, sizes, at);
      return Array.from(
        { length: SAMPLES },
        (_, row) => told(exactRow(arithmetic, rowAt(observations, row))).values,
      ).flat();
    };
    const said = valuesAt(exact);
    // In the units of after, what was said in those of before.
    const meant = valuesAt(rescaled).map(({ bound }, at) => {
      const component = at % rewards;
      const value =
        scale('mean', before, component) +
        scale('deviation', before, component) * (said[at] ?? NOT_A_NUMBER).value;
      return {
        value: (value - scale('mean', after, component)) / scale('deviation', after, component),
        bound,
      };
    });
    const name = (at: number): string => `sample ${Math.floor(at / rewards)}, head ${at % rewards}`;
    return [
      agreesWithOracle('prediction before', answer.before, said, name),
      agreesWithOracle('prediction after', answer.after, meant, name),
    ];
  },
});
