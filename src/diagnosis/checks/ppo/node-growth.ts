import { defineCheck } from '../../check.ts';
import { beyond } from '../../rules/beyond.ts';

export const nodeGrowth = defineCheck({
  id: 'ppo/node-growth',
  title: 'a colony grows by more in a step than one policy can make it',
  severity: 'sick',
  needs: { growth: ['node-growth'] },
  limits: { most: { value: 2, meaning: 'nodes after a step over those before: each may spawn one' } },
  why: 'In a step a policy lets each node spawn one at most. Colonies that grow fourfold have been acted on twice: what the agent is paid for is not what it did.',
  advice: 'Let one policy act, once, and step the environment in one place.',
  faults: ['ppo/two-policies-act'],
  laws: ['ppo/colony'],
  leadsTo: ['ppo/return-falls', 'ppo/loss-growth'],
  judge: ({ series, limits }) =>
    series.growth.flatMap((one) =>
      beyond(one, { side: 'above', sick: limits.most, length: 1 }).map((found) => ({
        ...found,
        // What cannot be is no less wrong for not being in every row.
        severity: 'sick' as const,
      })),
    ),
});
