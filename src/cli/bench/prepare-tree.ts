import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../errors.ts';

/** What makes a folder of files one whose benchmarks run. */
export interface Preparation {
  /** Where its packages are installed already, if its lockfile is the same. */
  readonly installed: string;
  /** In place of what npm would do. */
  readonly command?: string;
  readonly signal: AbortSignal;
  readonly onProgress: (what: string) => void;
}

const LOCKFILE = 'package-lock.json';
const PACKAGES = 'node_modules';

/** Engines that scripts of this package have built, which no lockfile knows. */
const ENGINES = join('.plumbline', 'engines');

const manifest = z.looseObject({ scripts: z.record(z.string(), z.string()).optional() });

/**
 * Gives a folder its packages and builds it. Packages are those of the repository where the lockfiles agree; others are
 * installed once, into a folder of the user's cache that is named by the hash of the lockfile.
 *
 * @throws InputError `preparation-failed` with what the command said.
 */
export async function prepareTree(root: string, preparation: Preparation): Promise<void> {
  const { installed, command } = preparation;
  const engines = join(installed, ENGINES);
  if (existsSync(engines) && !existsSync(join(root, ENGINES))) {
    mkdirSync(join(root, '.plumbline'), { recursive: true });
    symlinkSync(engines, join(root, ENGINES));
  }
  if (command !== undefined) {
    await runIn(root, command, preparation);
    return;
  }
  const lock = lockOf(root);
  const isInstalled = lock === undefined || lock === lockOf(installed);
  const packages =
    isInstalled && existsSync(join(installed, PACKAGES))
      ? join(installed, PACKAGES)
      : await cachedPackages(root, lock ?? '', preparation);
  if (!existsSync(join(root, PACKAGES))) symlinkSync(packages, join(root, PACKAGES));
  const { scripts = {} } = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const build = ['prepare', 'build'].find((name) => name in scripts);
  if (build !== undefined) await runIn(root, `npm run --silent ${build}`, preparation);
}

function lockOf(root: string): string | undefined {
  const file = join(root, LOCKFILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Packages of a lockfile, from the cache or into it. */
async function cachedPackages(root: string, lock: string, preparation: Preparation): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'plumbline', 'packages');
  const made = `${process.version} ${process.platform} ${process.arch}`;
  const home = join(cache, createHash('sha256').update(`${made}\n${lock}`).digest('hex').slice(0, 16));
  if (existsSync(home)) return join(home, PACKAGES);
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, '.making-'));
  try {
    // Scripts of the packages run; those of the project itself want its sources, which are not here.
    const own = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    writeFileSync(join(making, 'package.json'), JSON.stringify({ ...own, scripts: {} }));
    cpSync(join(root, LOCKFILE), join(making, LOCKFILE));
    if (existsSync(join(root, '.npmrc'))) cpSync(join(root, '.npmrc'), join(making, '.npmrc'));
    await runIn(making, 'npm ci --no-audit --no-fund', preparation);
    renameSync(making, home);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    throw error;
  }
  return join(home, PACKAGES);
}

/** The end of what a command says, for the message when it fails. */
const KEPT_CHARACTERS = 4_000;

function runIn(cwd: string, command: string, { signal, onProgress }: Preparation): Promise<void> {
  onProgress(command);
  return new Promise((resolve, reject) => {
    // A group of its own, so that all that it starts ends with it.
    const child = spawn(command, {
      cwd,
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, CI: 'true' },
    });
    let said = '';
    const keep = (text: string): void => {
      said = (said + text).slice(-KEPT_CHARACTERS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const stop = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    signal.addEventListener('abort', stop);
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop);
      if (code === 0) resolve();
      else
        reject(
          new InputError({
            code: 'preparation-failed',
            what: `a commit could not be made ready: ${command}`,
            given: said.trim(),
            expected: 'exit code 0',
            todo: 'name the commands that install and build it: --prepare "npm ci && npm run build"',
          }),
        );
    });
  });
}
