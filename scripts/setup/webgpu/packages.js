import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupFailure } from '../failure.js';
import { runProgram } from '../run-program.js';
import { sizeText } from '../steps.js';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const require = createRequire(import.meta.url);

/** Dawn for Node; this version loads on Debian 12 (glibc 2.36). */
const DAWN = 'webgpu@0.4.0';
const BACKEND = '@tensorflow/tfjs-backend-webgpu';

/**
 * Installs both packages where the others are. The backend is of the version of tfjs, since both must share one core.
 *
 * @returns {Promise<{ said: string, value: undefined }>}
 */
export async function installPackages() {
  const tfjs = versionOf('@tensorflow/tfjs');
  if (tfjs === undefined)
    throw new SetupFailure('@tensorflow/tfjs is not installed', 'npm ci, then run this again');
  if (versionOf('webgpu') !== undefined && versionOf(BACKEND) === tfjs) {
    return { said: 'already here', value: undefined };
  }
  const manifests = ['package.json', 'package-lock.json'].map((name) => join(PROJECT, name));
  const before = manifests.map(textOf);
  const tarballs = mkdtempSync(join(tmpdir(), 'plumbline-webgpu-'));
  try {
    // Packed first, since npm does not say how much it fetches to install.
    await npm('pack', DAWN, `${BACKEND}@${tfjs}`, '--pack-destination', tarballs);
    const archives = readdirSync(tarballs).map((name) => join(tarballs, name));
    // As dependencies: npm leaves optional peers out, also when they are named.
    await npm(
      'install',
      '--no-save',
      '--save-prod',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      ...archives,
    );
    if (manifests.some((file, index) => textOf(file) !== before[index])) {
      throw new SetupFailure(
        'npm changed package.json or package-lock.json',
        'git checkout package.json package-lock.json, and report this with the version of npm',
      );
    }
    requireOneCore();
    const bytes = archives.reduce((sum, file) => sum + statSync(file).size, 0);
    return { said: `${DAWN} and ${BACKEND}@${tfjs}, fetched ${sizeText(bytes)}`, value: undefined };
  } finally {
    rmSync(tarballs, { recursive: true, force: true });
  }
}

/** Two copies of the core would be two engines: tensors of one are unknown to the other. */
function requireOneCore() {
  const cores = [
    PROJECT,
    join(PROJECT, 'node_modules', BACKEND),
    join(PROJECT, 'node_modules/@tensorflow/tfjs'),
  ].map((folder) =>
    createRequire(join(folder, 'package.json')).resolve('@tensorflow/tfjs-core/package.json'),
  );
  if (new Set(cores).size === 1) return;
  throw new SetupFailure(
    `there are several copies of @tensorflow/tfjs-core: ${[...new Set(cores)].join(', ')}`,
    'npm ci, then run this again',
  );
}

async function npm(...args) {
  const { code, output } = await runProgram('npm', [...args, '--loglevel=error'], { cwd: PROJECT });
  if (code === 0) return;
  throw new SetupFailure(`npm ${args[0]} failed`, 'see that the npm registry can be reached', output);
}

function versionOf(name) {
  try {
    return JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;
  } catch {
    return undefined;
  }
}

function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
