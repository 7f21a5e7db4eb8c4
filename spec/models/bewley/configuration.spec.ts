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
    expect(parseBewleyConfiguration({})).toEqual(layerNamed('bewley', 'documented').settings);
  });

  it.each([
    [{ preference: {} }, 'preference', 'did you mean "preferences"?'],
    [{ taxes: { income: { ksi: 0.1 } } }, 'taxes.income.ksi', 'one of tau, xi'],
    [{ initial: { wealth: { rule: 'equal', spread: 1 } } }, 'initial.wealth.spread', 'one of rule, mean'],
    [{ ability: { star: { leave: 0.1 } } }, 'ability.star.leave', 'one of become, stay, multiplier'],
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
  ])('refuses the value of %j', (value, key, given, expected) => {
    const { code, message } = refusal(value);
    expect(code).toBe('configuration-invalid');
    expect(message).toContain(key);
    expect(message).toContain(given);
    expect(message).toContain(expected);
  });
});

describe('the presets of bewley', () => {
  it('say in one line what they are', () => {
    expect(presetsOf('bewley').length).toBeGreaterThan(6);
    for (const { summary } of presetsOf('bewley')) expect(summary).toMatch(/^[a-z].{20,110}$/);
  });

  it.each(['documented', 'us', 'no-tax', 'flat'])('%s writes every key out', (name) => {
    expect(layerNamed('bewley', name).settings).toEqual(economy(name));
  });

  it('are laid over one another', () => {
    const { complete, ability, taxes } = economy('us', 'one-type', 'ability.median=2');
    expect({ complete, ...ability }).toMatchObject({ complete: true, sigma: 0, median: 2, rho: 0.982 });
    expect(taxes).toEqual(economy('us').taxes);
  });
});
