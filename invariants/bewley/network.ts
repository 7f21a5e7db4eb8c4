import { bewleyPolicy } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import { agentName } from './cases.ts';
import type { NetworkCase } from './network-cases.ts';
import { choicesOf, networkCases, policyOf } from './network-cases.ts';

/** The policy network is that of the formula, its first layer the layer on all that an agent knows. */
export const network = law<NetworkCase>({
  id: 'bewley/network',
  statement:
    'What agents choose agrees with a float64 network on plain arrays, in which the first layer takes what an agent is and what it is told of its world as one row.',
  formula:
    'u = f([x, z][W; V] + b),  u ← u + f(FiLM(uW + b)),  x = normalised (a, e, log(a + ā/50), log e), star;  z = moments, means of learnt features, or all agents over 2A',
  guards:
    'a first layer that is split to be cheap, and loses what agents are told, adds it twice or gives them another world’s; a condition or a statistic that does not reach the network',
  suspects:
    'the split layer and the blocks (src/models/bewley/network/network.ts here), what is fed and told (src/models/bewley/network/features.ts), the order of the weights (src/models/bewley/network/weights.ts)',
  oracle: 'derivation',
  bound: 'running error analysis from the state to the choices, any order of summation',
  needs: [bewleyPolicy],
  budget: { runs: 20 },
  coverage: [
    { label: 'moments', minimumShare: 0.2, shows: ({ sizes }) => sizes.distribution === 'moments' },
    { label: 'deep sets', minimumShare: 0.2, shows: ({ sizes }) => sizes.distribution === 'deep-sets' },
    {
      label: 'agents in their order',
      minimumShare: 0.2,
      shows: ({ sizes }) => sizes.distribution === 'ordered',
    },
    { label: 'modulated blocks', minimumShare: 0.4, shows: ({ sizes }) => sizes.blocks > 0 },
  ],
  cases: networkCases(['moments', 'deep-sets', 'ordered']),
  async judge(sample, { call, arithmetic, floats }) {
    const { shape } = sample.state.wealth;
    const answer = await call(bewleyPolicy, policyOf(sample));
    const oracle = choicesOf(arithmetic, sample);
    const nameOf = agentName(sample.state.wealth);
    return (['savingsRatio', 'marginalReturn', 'labor'] as const).flatMap((name) => [
      hasType(name, answer[name], floats, shape),
      agreesWithOracle(name, answer[name], oracle[name], nameOf),
    ]);
  },
});
