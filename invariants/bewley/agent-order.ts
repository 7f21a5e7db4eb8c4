import fc from 'fast-check';
import { streamOf } from '../../src/numerics/stream.ts';
import { bewleyPolicy } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, same, worstOf } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { agentName } from './cases.ts';
import type { NetworkCase } from './network-cases.ts';
import { choicesOf, networkCases, policyOf } from './network-cases.ts';

/** Agents have no names: who changes places with whom changes nothing but places. */
export const agentOrder = law<NetworkCase & { readonly order: number }>({
  id: 'bewley/agent-order',
  statement:
    'When the agents of a world change places, what they choose changes places with them; under `ordered`, which tells agents apart by their numbers, the law does not apply.',
  formula: 'policy(Px) = P policy(x)',
  guards:
    'a policy that knows agent 7 as agent 7: it learns the fate of a number, and another draw of the same economy gets another answer',
  suspects:
    'what agents are told of one another (src/models/bewley/network/features.ts here), reshapes of (B, A, F), statistics per agent where global ones are declared',
  oracle: 'symmetry',
  bound:
    'the running error of the network from both orders: means are summed in another order, and rows of products may be rounded otherwise',
  needs: [bewleyPolicy],
  budget: { runs: 20 },
  coverage: [
    { label: 'deep sets', minimumShare: 0.25, shows: ({ sizes }) => sizes.distribution === 'deep-sets' },
    { label: 'moments', minimumShare: 0.25, shows: ({ sizes }) => sizes.distribution === 'moments' },
  ],
  cases: fc
    .tuple(networkCases(['moments', 'deep-sets']), fc.nat())
    .map(([sample, order]) => ({ ...sample, order })),
  async judge({ order, ...sample }, { call, arithmetic }) {
    const { wealth, ability, star } = sample.state;
    const places = placesOf(wealth, order);
    const moved = {
      wealth: taken(wealth, places),
      ability: taken(ability, places),
      star: taken(star, places),
    };
    const before = await call(bewleyPolicy, policyOf(sample));
    const after = await call(bewleyPolicy, policyOf({ ...sample, state: moved }));
    const bounds = choicesOf(arithmetic, sample);
    const movedBounds = choicesOf(arithmetic, { ...sample, state: moved });
    const nameOf = agentName(wealth);
    return (['savingsRatio', 'marginalReturn', 'labor'] as const).map((name): Measurement => {
      const [was, is] = [before[name].data, after[name].data];
      const elements = places.map((from, to) =>
        agree(
          `${name} of the agent who came from ${nameOf(from)}`,
          is[to] ?? Number.NaN,
          was[from] ?? Number.NaN,
          (bounds[name][from]?.bound ?? Number.NaN) + (movedBounds[name][to]?.bound ?? Number.NaN),
          nameOf(to),
        ),
      );
      return worstOf(elements) ?? same(name, 'empty', 'of agents');
    });
  },
});

/** From where each agent comes: agents of a world are shuffled, each world in an order of its own. */
function placesOf({ shape: [worlds = 0, agents = 0] }: TensorValue, seed: number): readonly number[] {
  const stream = streamOf(seed).split('bewley/agent-order');
  return Array.from({ length: worlds }, (_, world) => {
    const own = Array.from({ length: agents }, (__, agent) => world * agents + agent);
    for (let last = agents - 1; last > 0; last -= 1) {
      const other = stream.integer(0, last);
      const [one = 0, two = 0] = [own[last], own[other]];
      own[last] = two;
      own[other] = one;
    }
    return own;
  }).flat();
}

function taken({ dtype, shape, data }: TensorValue, places: readonly number[]): TensorValue {
  return { dtype, shape, data: Float32Array.from(places, (from) => data[from] ?? Number.NaN) };
}
