import { z } from 'zod';
import { timeLimit } from '../time-limit.ts';

const substrate = z
  .discriminatedUnion('rule', [
    z.strictObject({
      rule: z.literal('fixed').optional().default('fixed'),
      slope: z.number().nonnegative().default(0.01).describe('m of the intensity m x + b'),
      intercept: z.number().positive().default(1).describe('b'),
    }),
    z.strictObject({ rule: z.literal('random') }),
  ])
  .describe('random: in each episode, slope uniform on [0.01, 0.1] and intercept on [0.5, 2]');

export const durotaxisSettings = z
  .strictObject({
    name: z.literal('durotaxis'),
    scale: z
      .enum(['legacy', 'bounded'])
      .default('bounded')
      .describe(
        'of the reward. legacy: sums over nodes, termination up to 500, in which losses exploded; bounded: each component within ±1',
      ),
    substrate: substrate.prefault({ rule: 'fixed' }),
    initialNodes: z.int().positive().default(5),
    maximumNodes: z.int().min(2).default(200).describe('an episode ends with more'),
    spawnGain: z
      .number()
      .default(2.5)
      .describe(
        'by how much the intensity at a new node must exceed its parent’s to be rewarded. A new node is 15 away at most: with a slope of 0.01 that gains 0.15, with 0.1 1.5, and no node is ever rewarded at 2.5',
      ),
    milestones: z
      .boolean()
      .default(false)
      .describe('pay a bonus in every step for how far the colony has come'),
    timeLimit: timeLimit(1000),
  })
  .refine(
    ({ initialNodes, maximumNodes }) => initialNodes <= maximumNodes,
    'a colony cannot begin with more nodes than it may have',
  );
export type DurotaxisSettings = z.output<typeof durotaxisSettings>;
