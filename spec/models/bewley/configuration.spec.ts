import { describe, expect, it } from 'vitest';
import { layerNamed, presetsOf } from '../../../src/models/presets.ts';
import { InputError } from '../../../src/errors.ts';
import { parseBewleyConfiguration } from '../../../src/models/bewley/index.ts';
import { economy } from './presets.ts';

function refusal(value: unknown): InputError {
  try {
    parseBewleyConfiguration(value);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(value)} was accepted`);
}

describe('parseBewleyConfiguration', () => {
  it('has the preset `documented` as its defaults', () => {
    expect(parseBewleyConfiguration({})).toMatchObject(layerNamed('bewley', 'documented').settings);
  });

  it.each([
    [{ preference: {} }, 'preference', 'did you mean "preferences"?'],
    [{ taxes: { income: { ksi: 0.1 } } }, 'taxes.income.ksi', 'one of tau, xi'],
    [{ initial: { wealth: { rule: 'equal', spread: 1 } } }, 'initial.wealth.spread', 'one of rule, mean'],
    [{ ability: { star: { leave: 0.1 } } }, 'ability.star.leave', 'one of become, stay, multiplier'],
    [{ network: { width: 64 } }, 'network.width', 'one of distribution, features, hidden'],
    [{ batch: { worldPerPass: 4 } }, 'batch.worldPerPass', 'did you mean "batch.worldsPerPass"?'],
    [{ redraw: { finalshare: 0 } }, 'redraw.finalshare', 'did you mean "redraw.finalShare"?'],
  ])('refuses the unknown key of %j', (value, key, advice) => {
    expect(refusal(value).code).toBe('configuration-unknown-key');
    expect(refusal(value).message).toContain(`"${key}"`);
    expect(refusal(value).message).toContain(advice);
  });

  it.each([
    [{ preferences: { beta: 1 } }, 'preferences.beta', '1 (number)', 'a number > 0 and < 1'],
    [{ preferences: { theta: '1' } }, 'preferences.theta', '"1" (string)', 'a number > 0'],
    [{ technology: { alpha: 1.5 } }, 'technology.alpha', '1.5 (number)', 'a number > 0 and < 1'],
    [{ taxes: { income: { tau: 1 } } }, 'taxes.income.tau', '1 (number)', 'a number < 1'],
    [{ taxes: { wealth: { xi: -0.1 } } }, 'taxes.wealth.xi', '-0.1 (number)', 'a number ≥ 0 and < 1'],
    [{ ability: { rho: 1 } }, 'ability.rho', '1 (number)', 'a number ≥ 0 and < 1'],
    [{ ability: { truncation: 0 } }, 'ability.truncation', '0 (number)', 'a number > 0'],
    [
      { initial: { ability: { rule: 'bounded' } } },
      'initial.ability',
      '"bounded" (string)',
      '"bounded-lognormal"',
    ],
    [
      { initial: { ability: { rule: 'uniform', spread: 1 } } },
      'initial.ability.spread',
      '1 (number)',
      '≥ 0 and < 1',
    ],
    [{ initial: { wealth: { mean: -1 } } }, 'initial.wealth.mean', '-1 (number)', 'a number > 0'],
    [{ complete: 'yes' }, 'complete', '"yes" (string)', 'boolean'],
    [
      { network: { distribution: 'sets' } },
      'network.distribution',
      '"sets" (string)',
      'one of "moments", "deep-sets", "ordered"',
    ],
    [{ network: { hidden: 0 } }, 'network.hidden', '0 (number)', 'an integer > 0'],
    [{ network: { blocks: 1.5 } }, 'network.blocks', '1.5 (number)', 'an integer ≥ 0'],
    [{ network: { labor: { maximum: 1.1 } } }, 'network.labor.maximum', '1.1 (number)', '> 0 and ≤ 1'],
    [{ network: { labor: { minimum: -1 } } }, 'network.labor.minimum', '-1 (number)', '≥ 0 and < 1'],
    [
      { network: { labor: { minimum: 0.995 } } },
      'network.labor',
      '{"minimum":0.995}',
      'the minimum must be below the maximum (0.01 and 0.99 unless given)',
    ],
    [
      { network: { labor: { minimum: 0.5, maximum: 0.5 } } },
      'network.labor',
      '{"minimum":0.5,"maximum":0.5}',
      'the minimum must be below the maximum',
    ],
    [
      { normaliser: { scope: 'agent' } },
      'normaliser.scope',
      '"agent" (string)',
      'one of "global", "per-agent"',
    ],
    [{ normaliser: { momentum: 1 } }, 'normaliser.momentum', '1 (number)', 'a number ≥ 0 and < 1'],
    [{ normaliser: { floor: 0 } }, 'normaliser.floor', '0 (number)', 'a number > 0'],
    [{ normaliser: { warmUp: -1 } }, 'normaliser.warmUp', '-1 (number)', 'an integer ≥ 0'],
    [{ batch: { agents: 1 } }, 'batch.agents', '1 (number)', 'an integer ≥ 2'],
    [
      { batch: { worlds: 6, worldsPerPass: 4 } },
      'batch.worldsPerPass',
      '4 (number)',
      'an integer > 0; worldsPerPass must divide worlds',
    ],
    [{ batch: { worldsPerPass: 65 } }, 'batch.worldsPerPass', '65 (number)', 'must divide worlds'],
    [{ loss: { byWealth: 1.1 } }, 'loss.byWealth', '1.1 (number)', 'a number ≥ 0 and ≤ 1'],
    [{ loss: { weights: { euler: -1 } } }, 'loss.weights.euler', '-1 (number)', 'a number ≥ 0'],
    [{ redraw: { unit: 'world' } }, 'redraw.unit', '"world" (string)', 'one of "worlds", "agents"'],
    [{ redraw: { share: 3 } }, 'redraw.share', '3 (number)', 'a number ≥ 0 and ≤ 1'],
    [{ heldOut: { every: -1 } }, 'heldOut.every', '-1 (number)', 'an integer ≥ 0'],
    [{ optimiser: { learningRate: 0 } }, 'optimiser.learningRate', '0 (number)', 'a number > 0'],
    [{ optimiser: { beta2: 1 } }, 'optimiser.beta2', '1 (number)', 'a number ≥ 0 and < 1'],
    [{ steps: 0 }, 'steps', '0 (number)', 'an integer > 0'],
  ])('refuses the value of %j', (value, key, given, expected) => {
    const { code, message } = refusal(value);
    expect(code).toBe('configuration-invalid');
    expect(message).toContain(key);
    expect(message).toContain(given);
    expect(message).toContain(expected);
  });
});

describe('the batch', () => {
  it.each([1, 2, 3, 6])('of six worlds may be taken %i at once', (worldsPerPass) => {
    expect(parseBewleyConfiguration({ batch: { worlds: 6, worldsPerPass } }).batch).toMatchObject({
      worldsPerPass,
    });
  });

  it('is taken at once unless told otherwise', () => {
    expect(parseBewleyConfiguration({}).batch).toEqual({ worlds: 64, agents: 800 });
  });
});

describe('the presets of bewley', () => {
  it('say in one line what they are', () => {
    expect(presetsOf('bewley').length).toBeGreaterThan(6);
    for (const { summary } of presetsOf('bewley')) expect(summary).toMatch(/^[a-z].{20,110}$/);
  });

  it.each(['documented', 'us', 'no-tax', 'flat'])('%s writes every key of its economy out', (name) => {
    const { preferences, technology, taxes, ability, complete, initial } = economy(name);
    expect(layerNamed('bewley', name).settings).toMatchObject({
      ...{ preferences, technology, taxes, ability, complete, initial },
    });
  });

  it('are laid over one another', () => {
    const { complete, ability, taxes } = economy('us', 'one-type', 'ability.median=2');
    expect({ complete, ...ability }).toMatchObject({ complete: true, sigma: 0, median: 2, rho: 0.982 });
    expect(taxes).toEqual(economy('us').taxes);
  });
});
