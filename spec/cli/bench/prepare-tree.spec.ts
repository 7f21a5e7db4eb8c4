import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareTree } from '../../../src/cli/bench/prepare-tree.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-'));

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', folder());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

type Packages = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const lockText = (packages: Packages): string =>
  JSON.stringify({ name: 'mine', lockfileVersion: 3, packages: { '': { name: 'mine' }, ...packages } });

/** Prepares a side whose lockfile wants these packages, where those are installed; the commands that ran. */
async function commandsFor(wanted: Packages, installed: Packages): Promise<readonly string[]> {
  const [root, here] = [folder(), folder()];
  writeFileSync(join(root, 'package.json'), '{ "name": "mine" }');
  writeFileSync(join(root, 'package-lock.json'), lockText(wanted));
  mkdirSync(join(here, 'node_modules'));
  writeFileSync(join(here, 'node_modules', '.package-lock.json'), lockText(installed));
  const ran: string[] = [];
  await prepareTree(root, {
    installed: here,
    signal: new AbortController().signal,
    onProgress: (what) => ran.push(what),
    // Whether npm finds what this lockfile makes up is not asked.
  }).catch(() => undefined);
  return ran;
}

const one = (more: Readonly<Record<string, unknown>>): Packages => ({
  'node_modules/one': { version: '1.0.0', ...more },
});

describe('packages that are installed', () => {
  it('are used where they are those of the lockfile, with more beside them', async () => {
    const more = { 'node_modules/two': { version: '1.0.0', integrity: 'b' } };
    expect(await commandsFor(one({ integrity: 'a' }), { ...one({ integrity: 'a' }), ...more })).toEqual([]);
  });

  it('are used where what is optional is not there', async () => {
    expect(await commandsFor(one({ integrity: 'a', optional: true }), {})).toEqual([]);
  });

  it.each([
    ['another version', one({}), { 'node_modules/one': { version: '2.0.0' } }],
    ['other bytes', one({ integrity: 'a' }), one({ integrity: 'b' })],
    [
      'another commit',
      one({ resolved: 'git+ssh://a/b.git#1111' }),
      one({ resolved: 'git+ssh://a/b.git#2222' }),
    ],
    ['nothing of what is needed', one({ integrity: 'a' }), {}],
    ['nothing of what it is built with', one({ integrity: 'a', dev: true }), {}],
  ])('are not used where there is %s', async (_what, wanted, installed) => {
    expect(await commandsFor(wanted, installed)).toEqual(['npm ci --no-audit --no-fund']);
  });

  it('come from a file of the project', async () => {
    const [root, here, made] = [folder(), folder(), folder()];
    writeFileSync(join(made, 'package.json'), '{ "name": "packed", "version": "1.0.0" }');
    execFileSync('npm', ['pack', '--silent'], { cwd: made });
    cpSync(join(made, 'packed-1.0.0.tgz'), join(root, 'packed-1.0.0.tgz'));
    writeFileSync(
      join(root, 'package.json'),
      '{ "name": "mine", "dependencies": { "packed": "file:packed-1.0.0.tgz" } }',
    );
    // Another cache than that of the installation below, or it would not need the file.
    const cache = folder();
    const install = ['install', '--package-lock-only', '--offline', '--no-audit', '--cache', cache];
    execFileSync('npm', install, { cwd: root, stdio: 'ignore' });
    mkdirSync(join(here, 'node_modules'));
    vi.stubEnv('npm_config_cache', folder());
    await prepareTree(root, {
      installed: here,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(existsSync(join(root, 'node_modules', 'packed', 'package.json'))).toBe(true);
  });
});
