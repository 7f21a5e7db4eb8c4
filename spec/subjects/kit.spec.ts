import { expect, test } from 'vitest';
import { correctKit, inNormaliser } from '../../src/subjects/index.ts';

test('a fault of the normaliser reaches it by itself and inside the Bewley trainer', () => {
  const faulty = inNormaliser(() => ({ clip: never }))(correctKit);
  expect(faulty.normaliser.clip).toBe(never);
  expect(faulty.bewley.normaliser.clip).toBe(never);
  expect(correctKit.bewley.normaliser.clip).not.toBe(never);
});

function never(): never {
  throw new Error('not called');
}
