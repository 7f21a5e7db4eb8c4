import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { EngineDescription } from '../describe.ts';
import { versionOf } from '../package-version.ts';

/**
 * How Dawn comes to a GPU: by the graphics interface of the system (Metal, D3D12), by the Vulkan drivers that the
 * environment names, by those that are installed, or by SwiftShader, which is Vulkan in software.
 */
export type Driver =
  | { readonly kind: 'system' | 'named' | 'installed' }
  | { readonly kind: 'software'; readonly manifest: string };

const BACKEND_PACKAGE = '@tensorflow/tfjs-backend-webgpu';
const COMMAND = 'npm run setup:webgpu';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables by which a user tells the Vulkan loader which drivers to take (Khronos, LoaderDriverInterface.md). */
const DRIVER_VARIABLES = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES', 'VK_ADD_DRIVER_FILES'];

/** Where the Vulkan loader looks for the manifests of drivers on Linux, `$HOME` and `$XDG_*` aside. */
const MANIFEST_FOLDERS = ['/etc', '/usr/local/etc', '/usr/local/share', '/usr/share'].map((folder) =>
  join(folder, 'vulkan/icd.d'),
);

/** Chromium and Chrome carry SwiftShader beside their program. */
const SWIFTSHADER_FOLDERS = [
  '/usr/lib/chromium',
  '/usr/lib/chromium-browser',
  '/usr/lib64/chromium-browser',
  '/opt/google/chrome',
];
const SWIFTSHADER = 'vk_swiftshader_icd.json';

const LOADER = 'libvulkan.so.1';
const LIBRARY_FOLDERS = [
  '/usr/lib',
  '/usr/lib64',
  '/lib',
  '/lib64',
  '/usr/local/lib',
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
];

/** Whether both packages and some driver are here, as far as can be said without starting Dawn. */
export function describeWebgpu(environment: Environment = process.env): EngineDescription {
  const version = versionOf(BACKEND_PACKAGE);
  const reason =
    version === undefined ? `the package ${BACKEND_PACKAGE} is not installed` : lackOf(environment);
  if (version !== undefined && reason === undefined) return { status: 'here', version };
  return { status: 'missing', reason: reason ?? '', remedy: COMMAND };
}

function lackOf(environment: Environment): string | undefined {
  if (versionOf('webgpu') === undefined) return 'the package webgpu is not installed';
  if (driverHere(environment) === undefined) return 'no Vulkan driver, and no SwiftShader, was found';
  if (process.platform !== 'linux' || hasLoader(environment)) return undefined;
  return `the Vulkan loader, ${LOADER}, was not found`;
}

/** The driver that Dawn is to take; `undefined` where there is none. */
export function driverHere(environment: Environment = process.env): Driver | undefined {
  if (process.platform !== 'linux') return { kind: 'system' };
  if (DRIVER_VARIABLES.some((name) => (environment[name] ?? '') !== '')) return { kind: 'named' };
  if (hasInstalled(environment)) return { kind: 'installed' };
  return softwareDriver();
}

/** SwiftShader, where a browser brought it. */
export function softwareDriver(folders: readonly string[] = SWIFTSHADER_FOLDERS): Driver | undefined {
  const manifest = folders.map((folder) => join(folder, SWIFTSHADER)).find((file) => existsSync(file));
  return manifest === undefined ? undefined : { kind: 'software', manifest };
}

/** Makes the Vulkan loader of this process take SwiftShader, by either name of the variable; the old one is VK_ICD_FILENAMES. */
export function nameDriver(manifest: string): void {
  process.env['VK_DRIVER_FILES'] = manifest;
  process.env['VK_ICD_FILENAMES'] = manifest;
  // Some versions of the loader complain without it; nothing is written there.
  process.env['XDG_RUNTIME_DIR'] ??= tmpdir();
}

function hasInstalled({ HOME, XDG_DATA_HOME, XDG_DATA_DIRS, XDG_CONFIG_DIRS }: Environment): boolean {
  const own = [
    ...(HOME === undefined ? [] : [join(HOME, '.local/share')]),
    ...[XDG_DATA_HOME, XDG_DATA_DIRS, XDG_CONFIG_DIRS].flatMap((list) => list?.split(delimiter) ?? []),
  ].map((folder) => join(folder, 'vulkan/icd.d'));
  return [...MANIFEST_FOLDERS, ...own].some((folder) =>
    filesOf(folder).some((name) => name.endsWith('.json')),
  );
}

function hasLoader({ LD_LIBRARY_PATH = '' }: Environment): boolean {
  return [...LIBRARY_FOLDERS, ...LD_LIBRARY_PATH.split(delimiter)].some(
    (folder) => folder !== '' && existsSync(join(folder, LOADER)),
  );
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
