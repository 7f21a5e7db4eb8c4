import { describe, expect, it } from 'vitest';
import { layerNamed, layerSet, presetsOf } from '../../src/models/presets.ts';
import { mergeLayers } from '../../src/models/merge-layers.ts';
import { NK_PROCEDURES, parseNkConfiguration } from '../../src/models/nk/index.ts';

const configurationOf = (...names: readonly string[]) =>
  mergeLayers(
    parseNkConfiguration,
    names.map((name) => layerNamed('nk', name)),
  );

describe('the presets of nk', () => {
  it('say in one line what they are', () => {
    expect(presetsOf('nk').length).toBeGreaterThan(5);
    for (const { summary } of presetsOf('nk')) expect(summary).toMatch(/^[a-z].{20,110}$/);
  });

  it.each(presetsOf('nk'))('$name is a configuration', ({ name }) => {
    expect(configurationOf(name)).toEqual(expect.objectContaining({}));
  });

  it('published is every default, written out', () => {
    const layer = layerNamed('nk', 'published');
    expect(layer.settings).toEqual(parseNkConfiguration({}));
  });

  it.each(Object.entries(NK_PROCEDURES))('%s sets the procedure and nothing else', (name, procedure) => {
    expect(layerNamed('nk', name).settings).toEqual({ procedure });
  });

  it('are laid over one another in order', () => {
    const { expectation, procedure } = configurationOf('gauss-hermite', 'ergodic', 'monte-carlo');
    expect(expectation).toEqual({ rule: 'monte-carlo', draws: 10 });
    expect(procedure).toEqual(NK_PROCEDURES.ergodic);
  });
});

describe('an assignment', () => {
  it.each([
    ['batch=64', { batch: 64 }],
    ['optimiser.learningRate=1e-2', { optimiser: { learningRate: 0.01 } }],
    ['network.hidden=[32, 32]', { network: { hidden: [32, 32] } }],
    ['procedure.state=ergodic', { procedure: { state: 'ergodic' } }],
    ['expectation={rule: gauss-hermite, nodes: 4}', { expectation: { rule: 'gauss-hermite', nodes: 4 } }],
  ])('%s', (assignment, settings) => {
    expect(layerSet(assignment).settings).toEqual(settings);
  });

  it.each(['batch', '=3', 'optimiser.=3', '.batch=3', 'batch=[1', ''])('%j is none', (assignment) => {
    expect(() => layerSet(assignment)).toThrow(/option-invalid|yaml-syntax/);
  });
});
