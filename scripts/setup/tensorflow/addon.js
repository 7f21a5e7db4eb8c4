import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupFailure } from '../failure.js';
import { runProgram } from '../run-program.js';
import { sizeText } from '../steps.js';
import { ADDON, compilerArguments } from './layout.js';
import { nodeApiHeaders } from './npm-package.js';
import { tryAddon } from './try-addon.js';

/** Compiles the two files of the addon against the libraries that were laid out, and loads the result once. */
export async function buildAddon(home, folder, compiler) {
  mkdirSync(dirname(join(folder, ADDON)), { recursive: true });
  const { code, output } = await runProgram(compiler, compilerArguments(nodeApiHeaders(home)), {
    cwd: folder,
  });
  if (code !== 0) {
    throw new SetupFailure('the addon does not compile', 'report this with the lines above', output);
  }
  const failure = await tryAddon(folder);
  if (failure !== undefined) {
    throw new SetupFailure(
      'the addon was compiled and does not load',
      'report this with the line above',
      failure,
    );
  }
  return { said: `${ADDON}, ${sizeText(statSync(join(folder, ADDON)).size)}, loads`, value: undefined };
}
