import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { NK_PROCEDURES, parseNkConfiguration } from '../../../src/models/nk/index.ts';

function refusal(value: unknown): InputError {
  try {
    parseNkConfiguration(value);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('parseNkConfiguration', () => {
  it('is the published configuration when nothing is said', () => {
    expect(parseNkConfiguration({})).toEqual({
      batch: 100,
      network: {
        hidden: [64, 64, 64, 64, 64],
        activation: 'celu',
        unit: 'absolute',
        stateScale: 1,
        outputScale: 0.01,
      },
      loss: { reduction: 'sum', weights: { is: 1, phillips: 1 } },
      expectation: { rule: 'monte-carlo', draws: 10 },
      procedure: { state: 'simulated', gradientSteps: 5, stateSteps: 10, redrawEvery: 1 },
      sampling: { widen: 1, bound: 3, unit: 'ergodic' },
      optimiser: {
        rule: 'adamw',
        learningRate: 1e-3,
        finalLearningRate: 1e-10,
        weightDecay: 0.01,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        clipNorm: 1,
      },
      iterations: 50_000,
    });
  });

  it('lays what is said over the defaults, at every depth', () => {
    const configuration = parseNkConfiguration({
      loss: { weights: { phillips: 3 } },
      expectation: { rule: 'gauss-hermite' },
    });
    expect(configuration.loss).toEqual({ reduction: 'sum', weights: { is: 1, phillips: 3 } });
    expect(configuration.expectation).toEqual({ rule: 'gauss-hermite', nodes: 3 });
  });

  it('takes the other rule of the optimiser with its own defaults', () => {
    expect(parseNkConfiguration({ optimiser: { rule: 'levenberg-marquardt', raise: 3 } }).optimiser).toEqual({
      rule: 'levenberg-marquardt',
      damping: 1,
      raise: 3,
      lower: 0.5,
      attempts: 8,
      probe: 0.2,
    });
  });

  it.each(Object.entries(NK_PROCEDURES))('accepts the procedure %s', (_, procedure) => {
    expect(parseNkConfiguration({ procedure }).procedure).toEqual(procedure);
  });

  it.each([
    [{ iteration: 5 }, 'iteration', 'did you mean "iterations"?'],
    [
      { optimiser: { learningrate: 0.1 } },
      'optimiser.learningrate',
      'did you mean "optimiser.learningRate"?',
    ],
    [{ optimiser: { beta: 0.9 } }, 'optimiser.beta', 'did you mean "optimiser.beta1"?'],
    [{ loss: { weights: { philips: 2 } } }, 'loss.weights.philips', 'did you mean "loss.weights.phillips"?'],
    [
      { optimiser: { rule: 'levenberg-marquardt', learningRate: 1 } },
      'optimiser.learningRate',
      'one of rule, damping, raise',
    ],
    [
      { optimiser: { rule: 'levenberg-marquardt', dampin: 1 } },
      'optimiser.dampin',
      'did you mean "optimiser.damping"?',
    ],
    [{ colour: 'blue' }, 'colour', 'remove it'],
    [{ expectation: { rule: 'monte-carlo', nodes: 3 } }, 'expectation.nodes', 'one of rule, draws'],
  ])('refuses the unknown key of %j', (value, key, advice) => {
    const error = refusal(value);
    expect(error.code).toBe('configuration-unknown-key');
    expect(error.message).toContain(`"${key}"`);
    expect(error.message).toContain(advice);
  });

  it.each([
    [{ batch: '64' }, 'batch', '"64" (string)', 'an integer ≥ 2'],
    [{ optimiser: { learningRate: '1e-3' } }, 'optimiser.learningRate', '"1e-3" (string)', 'a number > 0'],
    [{ batch: 1 }, 'batch', '1 (number)', 'an integer ≥ 2'],
    [{ batch: 2.5 }, 'batch', '2.5 (number)', 'an integer ≥ 2'],
    [{ iterations: null }, 'iterations', 'null (null)', 'an integer > 0'],
    [{ optimiser: { beta2: 1 } }, 'optimiser.beta2', '1 (number)', 'a number ≥ 0 and < 1'],
    [{ sampling: { widen: Number.NaN } }, 'sampling.widen', 'NaN (number)', 'a number > 0'],
    [{ network: { hidden: [64, '64'] } }, 'network.hidden.1', '"64" (string)', 'an integer > 0'],
    [{ network: { hidden: 64 } }, 'network.hidden', '64 (number)', 'a list, each of it an integer > 0'],
    [{ loss: { reduction: 'total' } }, 'loss.reduction', '"total" (string)', 'one of "sum", "mean"'],
    [
      { expectation: { rule: 'laplace' } },
      'expectation.rule',
      '"laplace"',
      'one of "monte-carlo", "gauss-hermite"',
    ],
    [{ optimiser: { rule: 'adam' } }, 'optimiser.rule', '"adam"', 'one of "adamw", "levenberg-marquardt"'],
    [
      { optimiser: { rule: 'levenberg-marquardt', lower: 2 } },
      'optimiser.lower',
      '2 (number)',
      'a number > 0 and ≤ 1',
    ],
    [{ expectation: {} }, 'expectation.rule', 'nothing', 'one of "monte-carlo", "gauss-hermite"'],
    [
      { expectation: { rule: 'gauss-hermite', nodes: 65 } },
      'expectation.nodes',
      '65 (number)',
      '> 0 and ≤ 64',
    ],
    [{ procedure: 'simulated' }, 'procedure', '"simulated" (string)', 'a mapping with the keys state, '],
    [[1], 'configuration', '[1] (list)', 'a mapping with the keys batch, '],
  ])('refuses the value of %j', (value, key, given, expected) => {
    const error = refusal(value);
    expect(error.code).toBe('configuration-invalid');
    expect(error.message).toContain(key);
    expect(error.message).toContain(given);
    expect(error.message).toContain(expected);
  });

  it('says how to write a number that was quoted', () => {
    expect(refusal({ optimiser: { learningRate: '1e-3' } }).message).toContain('0.001');
  });
});
