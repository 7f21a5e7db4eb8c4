import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plumbline } from './plumbline.ts';

test('plumbline bench: measures, in a table and as JSON, and no tensor leaks', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'plumbline-'));
  const { code, stdout } = await plumbline(
    ['bench', 'nk-gauss-hermite', '--engines', 'wasm', '--time', '1', '--json', 'bench.json'],
    { cwd },
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/nk-gauss-hermite +wasm +\d/);
  expect(JSON.parse(readFileSync(join(cwd, 'bench.json'), 'utf8'))).toMatchObject({
    reports: [{ status: 'measured', result: { engine: 'wasm', growth: { tensors: 0, tensorBytes: 0 } } }],
  });
});

test.each([
  ['an unknown benchmark', ['nk-publisched'], /benchmark-unknown[\s\S]*did you mean nk-published\?/],
  ['no time', ['--time', 'some'], /--time[\s\S]*option-invalid/],
])('plumbline bench, %s: exit 2', async (_what, args, message) => {
  const { code, stderr } = await plumbline(['bench', ...args]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
