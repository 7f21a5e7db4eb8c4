import { existsSync, readFileSync } from 'node:fs';
import { describeEngine } from '../../../dist/src/engine/describe.js';
import { SetupFailure } from '../failure.js';
import { runProgram } from '../run-program.js';

/**
 * Packages that bring a Vulkan driver in software, and the loader of drivers. Debian's chromium carries SwiftShader.
 * Ubuntu's chromium is a snap; its Mesa has a software driver of its own.
 */
const PACKAGES = {
  debian: ['chromium', 'libvulkan1'],
  ubuntu: ['mesa-vulkan-drivers', 'libvulkan1'],
};

/**
 * Sees to it that there is a Vulkan, Metal or D3D12 driver.
 *
 * @returns {Promise<{ said: string, value: undefined }>}
 */
export async function installDriver() {
  const before = describeEngine('webgpu');
  if (before.status === 'here') return { said: 'already here', value: undefined };
  const packages = PACKAGES[distribution()];
  if (packages === undefined || !existsSync('/usr/bin/apt-get')) {
    throw new SetupFailure(
      before.reason,
      'install the Vulkan driver of your GPU, or Chromium for SwiftShader, with libvulkan.so.1; then run this again',
    );
  }
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid() !== 0) {
    throw new SetupFailure(before.reason, `sudo ${command}; then run this again`);
  }
  await apt('update');
  const output = await apt('install', '-y', '--no-install-recommends', ...packages);
  const after = describeEngine('webgpu');
  if (after.status !== 'here') {
    throw new SetupFailure(
      `${packages.join(' and ')} were installed; still: ${after.reason}`,
      'report this',
      output,
    );
  }
  const fetched = /Need to get ([^\n]*?)(?:\/[^\n]*)? of archives/.exec(output)?.[1] ?? 'nothing';
  return { said: `${packages.join(' and ')} by apt-get, fetched ${fetched}`, value: undefined };
}

async function apt(...args) {
  const { code, output } = await runProgram('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  });
  if (code === 0) return output;
  throw new SetupFailure(`apt-get ${args[0]} failed`, 'look at what it says, then run this again', output);
}

/** `debian`, `ubuntu`, or another name. */
function distribution() {
  if (!existsSync('/etc/os-release')) return process.platform;
  return /^ID="?([\w.-]+)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'linux';
}
