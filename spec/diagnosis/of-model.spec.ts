import { expect, test } from 'vitest';
import { ofModel } from '../../src/diagnosis/of-model.ts';

const FAULTS = [
  'normaliser/freezes',
  'training/leak-history',
  'training/seed-ignored',
  'ppo/leak-gradient',
  'bewley/leak-history',
];

test('a run of a model has no fault of another, and its own in place of the general one', () => {
  expect(ofModel(FAULTS, 'bewley')).toEqual([
    'normaliser/freezes',
    'training/seed-ignored',
    'bewley/leak-history',
  ]);
  expect(ofModel(FAULTS, 'nk')).toEqual([
    'normaliser/freezes',
    'training/leak-history',
    'training/seed-ignored',
  ]);
});

test('a run of no known model may have every fault', () => {
  expect(ofModel(FAULTS, undefined)).toEqual(FAULTS);
});
