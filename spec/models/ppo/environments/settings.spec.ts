import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../src/models/parse-configuration.ts';
import { environmentCatalogue, environmentSettings } from '../../../../src/models/ppo/index.ts';
import { made } from './episode.ts';

describe('environmentSettings', () => {
  it('needs a name alone, and gives every other key', () => {
    for (const { name, schema } of environmentCatalogue()) {
      expect(environmentSettings.parse({ name })).toEqual(schema.parse({ name }));
      expect(made({ name }).name).toBe(name);
    }
    expect(environmentSettings.parse({ name: 'durotaxis' })).toEqual({
      name: 'durotaxis',
      scale: 'bounded',
      substrate: { rule: 'fixed', slope: 0.01, intercept: 1 },
      initialNodes: 5,
      maximumNodes: 200,
      spawnGain: 2.5,
      milestones: false,
      timeLimit: 1000,
    });
  });

  it.each([
    [{ name: 'cart-pol' }, /"cart-pole", "durotaxis"/],
    [{ name: 'cart-pole', timelimit: 200 }, /did you mean "timeLimit"/],
    [{ name: 'cart-pole', timeLimit: 0 }, /an integer > 0/],
    [{ name: 'probe-both', timeLimit: 3 }, /has no key "timeLimit"/],
    [{ name: 'durotaxis', substrate: { rule: 'random', slope: 1 } }, /has no key "substrate\.slope"/],
    [{ name: 'durotaxis', initialNodes: 300 }, /more nodes than it may have/],
  ])('says what is wrong with %j', (given, says) => {
    expect(() => parseConfiguration(environmentSettings, given, 'the environment')).toThrow(says);
  });
});

describe('environmentCatalogue', () => {
  it('names ten environments, each in a line of its own', () => {
    const catalogue = environmentCatalogue();
    expect(catalogue.map(({ name }) => name)).toEqual([
      'probe-constant',
      'probe-observation',
      'probe-delay',
      'probe-action',
      'probe-both',
      'linear-quadratic',
      'brock-mirman',
      'cake-eating',
      'cart-pole',
      'durotaxis',
    ]);
    expect(new Set(catalogue.map(({ summary }) => summary)).size).toBe(catalogue.length);
    for (const { summary } of catalogue) expect(summary).toMatch(/^[^\n]{20,120}$/);
  });
});
