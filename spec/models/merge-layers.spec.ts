import { expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { mergeLayers } from '../../src/models/merge-layers.ts';
import { parsePpoConfiguration } from '../../src/models/ppo/index.ts';
import { layerSet } from '../../src/models/presets.ts';

const merged = (...assignments: readonly string[]) =>
  mergeLayers(parsePpoConfiguration, assignments.map(layerSet));

it('takes keys that must fit one another in any order', () => {
  const expected = { rollout: 16, minibatch: 32 };
  expect(merged('rollout=16', 'minibatch=32')).toMatchObject(expected);
  expect(merged('minibatch=32', 'rollout=16')).toMatchObject(expected);
});

it('names the first source that no later one makes good', () => {
  expect(() => merged('rollout=16', 'epochs=2')).toThrow(InputError);
  expect(() => merged('rollout=16', 'epochs=2')).toThrow(/--set rollout=16[\s\S]*minibatch/);
  expect(() => merged('epochs=2', 'epcohs=3', 'rollout=8')).toThrow(/--set epcohs=3/);
  expect(() => merged('rollout=16', 'epcohs=3', 'minibatch=32')).toThrow(/--set epcohs=3/);
  expect(() => merged('epochs=none', 'epochs=2')).not.toThrow();
});

it('takes the settings of another environment from its own defaults', () => {
  const { environment } = merged('environment.name=linear-quadratic', 'environment.noise=0');
  expect(environment).toMatchObject({ name: 'linear-quadratic', noise: 0, timeLimit: 200 });
});
