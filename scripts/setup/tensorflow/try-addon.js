import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../run-program.js';
import { ADDON } from './layout.js';

const TIMEOUT_MS = 60_000;

/** Loads the addon alone in a process of its own. Returns why it cannot be loaded; `undefined` when it can. */
export async function tryAddon(folder) {
  const addon = join(folder, ADDON);
  if (!existsSync(addon)) return `there is no ${ADDON}`;
  const code = `const { TF_Version } = require(${JSON.stringify(addon)}); if (typeof TF_Version !== 'string') process.exit(1)`;
  const tried = await runProgram(process.execPath, ['-e', code], { timeoutMs: TIMEOUT_MS });
  if (tried.code === 0) return undefined;
  return `the addon does not load: ${
    tried.output
      .trim()
      .split('\n')
      .find((line) => line.includes('Error')) ?? tried.output.trim()
  }`;
}
