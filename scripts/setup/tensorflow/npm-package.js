import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupFailure } from '../failure.js';
import { runProgram } from '../run-program.js';
import { requireSha256 } from '../sha256.js';
import { sizeText } from '../steps.js';
import { packageFolderOf } from './layout.js';
import { NODE_API_HEADERS } from './sources.js';

const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const TIMEOUT_MS = 300_000;

/**
 * Puts the npm package and what it needs into `home/node_modules`, all but tfjs: that must be the project's own, since
 * a second copy would have its own engine. No install script is run.
 */
export async function installNpmPackage(home, { npm, version, sha256 }) {
  await runNpm(['pack', `${npm}@${version}`], home);
  const archive = join(home, readdirSync(home).find((name) => name.endsWith('.tgz')) ?? '');
  await requireSha256(archive, sha256);
  const unpacked = await runProgram('tar', ['-xzf', archive], { cwd: home });
  if (unpacked.code !== 0)
    throw new SetupFailure('tar could not unpack the package', 'install tar', unpacked.output);

  const { dependencies } = JSON.parse(readFileSync(join(home, 'package', 'package.json'), 'utf8'));
  const needed = Object.entries(dependencies).filter(([name]) => name !== '@tensorflow/tfjs');
  writeFileSync(
    join(home, 'package.json'),
    JSON.stringify({ private: true, dependencies: Object.fromEntries(needed) }, undefined, 2),
  );
  await runNpm(
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', NODE_API_HEADERS],
    home,
  );

  const folder = packageFolderOf(home, npm);
  mkdirSync(dirname(folder), { recursive: true });
  renameSync(join(home, 'package'), folder);
  const bytes = statSync(archive).size;
  return {
    said: `${npm}@${version} (${sizeText(bytes)}) and ${countPackages(home)} packages that it needs`,
    value: bytes,
  };
}

/** By its own defaults, npm would try for over a minute to reach a registry that is not there. */
const NETWORK = [
  '--loglevel=error',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
];

async function runNpm(args, cwd) {
  const { code, output } = await runProgram(NPM, [...args, ...NETWORK], { cwd, timeoutMs: TIMEOUT_MS });
  if (code === 0) return;
  throw new SetupFailure(
    `npm ${args[0]} failed`,
    'check that npm reaches its registry (`npm ping`), then run this again',
    output,
  );
}

function countPackages(home) {
  const { packages } = JSON.parse(readFileSync(join(home, 'node_modules', '.package-lock.json'), 'utf8'));
  return Object.keys(packages).length;
}

/** Folder of node_api.h. */
export function nodeApiHeaders(home) {
  const folder = join(home, 'node_modules', 'node-api-headers', 'include');
  if (readdirSync(folder).includes('node_api.h')) return folder;
  throw new SetupFailure(`${NODE_API_HEADERS} has no node_api.h`, 'report this: the package has changed');
}
