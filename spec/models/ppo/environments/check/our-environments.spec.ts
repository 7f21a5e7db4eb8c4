import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEnvironment, environmentCatalogue } from '../../../../../src/models/ppo/index.ts';
import { made } from '../episode.ts';

const others = [
  { name: 'linear-quadratic', noise: 0, timeLimit: 10 },
  {
    name: 'linear-quadratic',
    transition: [[1.01]],
    control: [[0.2, 1]],
    stateCost: [2],
    controlCost: [1, 3],
    noise: 0.5,
  },
  { name: 'brock-mirman', sigma: 0, rho: 0, alpha: 0.1, timeLimit: 1 },
  { name: 'brock-mirman', sigma: 0.3, rho: 0.99, spread: 3 },
  { name: 'cake-eating', grossReturn: 1, timeLimit: 20 },
  { name: 'cake-eating', lowest: 0.001, highest: 0.9 },
  { name: 'durotaxis', scale: 'legacy', milestones: true },
  { name: 'durotaxis', substrate: { rule: 'random' }, initialNodes: 1, maximumNodes: 20, timeLimit: 30 },
  { name: 'durotaxis', substrate: { slope: 0, intercept: 0.1 }, spawnGain: 0, milestones: true },
];

const settings = [...environmentCatalogue().map(({ name }) => ({ name })), ...others];

describe('our environments', () => {
  it.each(settings.map((one) => [JSON.stringify(one), one] as const))(
    'keep their contract: %s',
    (_name, one) => {
      fc.assert(
        fc.property(fc.nat(), fc.constantFrom(0.7, 0.95, 0.99), (seed, discount) => {
          expect(checkEnvironment(made(one, discount), { seed, steps: 200 })).toEqual([]);
        }),
        { numRuns: 4 },
      );
    },
  );
});
