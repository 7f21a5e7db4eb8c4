import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { plumbline } from '../../spec/cli/plumbline.ts';

const MODULE = fileURLToPath(new URL('regression.bench.js', import.meta.url));

test('a benchmark of one’s own is measured, and leaks nothing', async () => {
  const args = ['bench', '--benchmarks', MODULE, '--engines', 'wasm', '--processes', '2', '--time', '0.2'];
  const { code, stdout } = await plumbline(args);
  expect(stdout).toMatch(/regression-step +wasm +\d/);
  expect(code).toBe(0);
});
