import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { plumblineVersion } from '../../src/version.ts';

// npx starts the file as it is, also in a clone that was built anew.
test('the built command can be started by its name', () => {
  const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
  expect(execFileSync(main, ['--version'], { encoding: 'utf8' }).trim()).toBe(plumblineVersion());
});
