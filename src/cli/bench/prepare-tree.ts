import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, normalize, sep } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../errors.ts';

/** What makes a folder of files one whose benchmarks run. */
export interface Preparation {
  /** Where its packages are installed already, if they are those of its lockfile. */
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
 * Gives a folder its packages and builds it. Packages are those of the repository where they are those of the lockfile; others
 * are installed once, into a folder of the user's cache that is named by the hash of the lockfile.
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
  requireOwnPackages(root, installed);
  const lock = lockOf(root);
  const isInstalled = lock === undefined || isInstalledAs(lock, installed);
  if (lock === undefined && !existsSync(join(installed, PACKAGES))) {
    throw new InputError({
      code: 'preparation-failed',
      what: 'it is not known which packages the benchmarks need',
      given: `neither ${PACKAGES} nor a ${LOCKFILE}`,
      expected: 'one of them',
      todo: 'install the packages, or name the commands that do: --prepare "pnpm install --frozen-lockfile"',
    });
  }
  const packages =
    isInstalled && existsSync(join(installed, PACKAGES))
      ? join(installed, PACKAGES)
      : await cachedPackages(root, lock ?? '', preparation);
  if (!existsSync(join(root, PACKAGES))) symlinkSync(packages, join(root, PACKAGES));
  for (const script of scriptsOf(root)) await runIn(root, `npm run --silent ${script}`, preparation);
}

/** What npm runs after an installation, and the build, where that does not run it: it may do something else, as that of Husky. */
function scriptsOf(root: string): readonly string[] {
  const { scripts: { prepare, build } = {} } = manifestOf(root);
  return [
    ...(prepare === undefined ? [] : ['prepare']),
    ...(build === undefined || prepare?.includes('build') === true ? [] : ['build']),
  ];
}

/** @throws InputError `preparation-failed` where there is none. */
function manifestOf(root: string): z.output<typeof manifest> {
  const file = join(root, 'package.json');
  if (existsSync(file)) return manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  throw new InputError({
    code: 'preparation-failed',
    what: 'there is no package.json at the top of the repository',
    given: root,
    expected: 'one that says how it is built',
    todo: 'name the commands that install and build it: --prepare "cd trainer && npm ci"',
  });
}

/** Of package managers whose packages are not installed here. */
const OTHER_LOCKFILES = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'];

/**
 * Packages are shared between the two sides where that changes nothing.
 *
 * @throws InputError `preparation-failed` where they differ in a way that only the project itself knows.
 */
function requireOwnPackages(root: string, installed: string): void {
  const bytesOf = (folder: string, name: string): string | undefined =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'base64') : undefined;
  const other = OTHER_LOCKFILES.find((name) => {
    const bytes = bytesOf(root, name);
    return bytes !== undefined && bytes !== bytesOf(installed, name);
  });
  const link = other === undefined ? linkInto(installed) : undefined;
  if (other === undefined && link === undefined) return;
  throw new InputError({
    code: 'preparation-failed',
    what: 'the packages of the two sides cannot be told apart without a command that installs them',
    given:
      other === undefined
        ? `${PACKAGES}/${link ?? ''} is a link into the repository, whose files both sides would run`
        : `${other} is another than that of the packages that are installed here`,
    expected: `a ${LOCKFILE}, and packages from outside the repository`,
    todo: 'name the commands that install and build it: --prepare "pnpm install --frozen-lockfile && pnpm build"',
  });
}

/** A package that is a link to files of the repository itself, as those of a workspace are. */
function linkInto(installed: string): string | undefined {
  const packages = join(installed, PACKAGES);
  if (!existsSync(packages)) return undefined;
  const [home, own] = [realpathSync(installed), realpathSync(packages)];
  const isInside = (folder: string, file: string): boolean => file.startsWith(`${folder}${sep}`);
  const names = readdirSync(packages).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(packages, name)).map((one) => join(name, one)) : [name],
  );
  return names.find((name) => {
    const file = join(packages, name);
    if (!lstatSync(file).isSymbolicLink() || !existsSync(file)) return false;
    const target = realpathSync(file);
    return (target === home || isInside(home, target)) && !isInside(own, target);
  });
}

function lockOf(root: string): string | undefined {
  const file = join(root, LOCKFILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

const lockfile = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      integrity: z.string().optional(),
      /** Where it came from, which alone tells two states of a repository apart. */
      resolved: z.string().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

/**
 * Whether the packages that are installed are those of a lockfile, by what npm wrote down when it installed them: a lockfile may
 * have changed since. More may be there, and what is optional may not.
 */
function isInstalledAs(lock: string, installed: string): boolean {
  const record = join(installed, PACKAGES, '.package-lock.json');
  const wanted = packagesIn(lock);
  const there = existsSync(record) ? packagesIn(readFileSync(record, 'utf8')) : undefined;
  if (wanted === undefined || there === undefined) return false;
  return Object.entries(wanted).every(([path, one]) => {
    if (!path.startsWith(`${PACKAGES}/`)) return true;
    const found = there[path];
    if (found === undefined) return one.optional === true;
    const hasBytes = one.integrity !== undefined && found.integrity !== undefined;
    return (
      found.version === one.version &&
      (hasBytes ? found.integrity === one.integrity : found.resolved === one.resolved)
    );
  });
}

/** Undefined for what is no lockfile of this version of npm, of which it will say itself what is wrong. */
function packagesIn(text: string): z.output<typeof lockfile>['packages'] | undefined {
  try {
    return lockfile.safeParse(JSON.parse(text)).data?.packages;
  } catch {
    return undefined;
  }
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
    const own = manifestOf(root);
    writeFileSync(join(making, 'package.json'), JSON.stringify({ ...own, scripts: {} }));
    cpSync(join(root, LOCKFILE), join(making, LOCKFILE));
    for (const file of ['.npmrc', ...packedIn(lock)])
      if (existsSync(join(root, file))) cpSync(join(root, file), join(making, file));
    await runIn(making, 'npm ci --no-audit --no-fund', preparation);
    renameSync(making, home);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another run may have made it in the meantime.
    if (!existsSync(home)) throw error;
  }
  return join(home, PACKAGES);
}

/** Packages that are files of the project itself, as `npm pack` makes them. */
function packedIn(lock: string): readonly string[] {
  const prefix = 'file:';
  return Object.values(packagesIn(lock) ?? {}).flatMap(({ resolved }) => {
    const file = resolved?.startsWith(prefix) === true ? normalize(resolved.slice(prefix.length)) : '..';
    return file.startsWith('..') || isAbsolute(file) ? [] : [file];
  });
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
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // All of them are gone.
      }
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
