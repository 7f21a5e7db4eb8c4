import { describe, expect, it } from 'vitest';
import { mergeLayers } from '../../src/models/merge-layers.ts';
import { parsePpoConfiguration } from '../../src/models/ppo/index.ts';
import { layerSet } from '../../src/models/presets.ts';

const merged = (...assignments: readonly string[]) =>
  mergeLayers(parsePpoConfiguration, assignments.map(layerSet));

describe('mergeLayers', () => {
  it('takes keys that depend on each other from layers of their own', () => {
    expect(merged('environments=2', 'rollout=6', 'minibatch=6')).toMatchObject({ rollout: 6, minibatch: 6 });
    expect(merged()).toEqual(parsePpoConfiguration({}));
  });

  it('names the last layer that says something where it found fault', () => {
    expect(() => merged('minibatch=7', 'rollout=6', 'seed.x=1')).toThrow(/--set seed\.x=1 has no key "seed"/);
    expect(() => merged('minibatch=5', 'minibatch=7', 'rollout=6')).toThrow(
      /--set minibatch=7 has a value that "minibatch" cannot take/,
    );
    expect(() => merged('value.clip=absolut', 'value.weight=1')).toThrow(
      /--set value\.clip=absolut has a value/,
    );
    expect(() => merged('epochs=2', 'rollout=6')).toThrow(/--set rollout=6 has a value that "minibatch"/);
  });

  it('takes the settings of another environment from its own defaults', () => {
    const { environment } = merged('environment.name=linear-quadratic', 'environment.noise=0');
    expect(environment).toMatchObject({ name: 'linear-quadratic', noise: 0, timeLimit: 200 });
  });
});
