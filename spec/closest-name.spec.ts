import { describe, expect, it } from 'vitest';
import { closestName } from '../src/closest-name.ts';

const KEYS = ['learningRate', 'finalLearningRate', 'beta1', 'beta2', 'clipNorm'];

describe('closestName', () => {
  it.each([
    ['learningrate', 'learningRate'],
    ['lerningRate', 'learningRate'],
    ['beta', 'beta1'],
    ['clip_norm', 'clipNorm'],
  ])('takes %s for %s', (given, meant) => {
    expect(closestName(given, KEYS)).toBe(meant);
  });

  it('takes two letters for each other in a name of four, and no name of three for another', () => {
    expect(closestName('wsam', ['wasm', 'webgpu'])).toBe('wasm');
    expect(closestName('rho', ['phi', 'eta'])).toBeUndefined();
  });

  it('does not guess when nothing is near', () => {
    expect(closestName('colour', KEYS)).toBeUndefined();
  });
});
