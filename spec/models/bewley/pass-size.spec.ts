import { expect, it } from 'vitest';
import { passSize } from '../../../src/models/bewley/index.ts';

it.each([
  [{ worlds: 64, agents: 800 }, 4],
  [{ worlds: 16, agents: 100 }, 16],
  // 5 worlds would have 4,000 agents; 4 divide 12.
  [{ worlds: 12, agents: 800 }, 4],
  [{ worlds: 7, agents: 1_000 }, 1],
  [{ worlds: 3, agents: 10_000 }, 1],
  [{ worlds: 64, agents: 800, worldsPerPass: 32 }, 32],
])('a pass of %j takes %i worlds', (batch, size) => {
  expect(passSize(batch)).toBe(size);
});
