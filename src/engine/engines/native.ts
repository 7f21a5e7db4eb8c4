import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import util from 'node:util';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findBackend } from '@tensorflow/tfjs';
import { z } from 'zod';
import { InputError } from '../../errors.ts';
import type { EngineDescription } from '../describe.ts';

/** The two engines on libtensorflow, and the npm package of each; both packages register as `tensorflow`. */
const PACKAGES = {
  tensorflow: '@tensorflow/tfjs-node',
  'tensorflow-gpu': '@tensorflow/tfjs-node-gpu',
} as const;

export type NativeEngine = keyof typeof PACKAGES;

/** A package whose compiled addon is there. */
interface NativePackage {
  readonly version: string;
  /** The file that is loaded. */
  readonly main: string;
}

const packageSchema = z.object({ version: z.string(), main: z.string() });

/** The package looks here for its addon in every Node since 12: 8 is the newest Node-API that it was made for. */
const ADDON = 'lib/napi-v8/tfjs_binding.node';

/** Plumbline's own folder: three above the source, four above the built file. */
const ROOT = fileURLToPath(
  new URL(import.meta.url.includes('/dist/') ? '../../../../' : '../../../', import.meta.url),
);

/** Whether the package and its compiled addon are here; nothing is loaded. */
export function describeNative(engine: NativeEngine, root = ROOT): EngineDescription {
  const found = findNative(engine, root);
  if ('version' in found) return { status: 'here', version: found.version };
  return { status: 'missing', reason: found.reason, remedy: commandOf(engine) };
}

/**
 * Makes tfjs know the package's backend. Both packages register the same name, so what came of it is asked for its
 * package and its device.
 *
 * @throws InputError `engine-missing`, `engine-fell-back` (another package holds the name, or no GPU is used).
 */
export async function loadNative(engine: NativeEngine, root = ROOT): Promise<void> {
  const found = findNative(engine, root);
  if ('reason' in found) {
    throw new InputError({
      code: 'engine-missing',
      what: `the engine ${engine} is not here`,
      given: found.reason,
      expected: `${PACKAGES[engine]} with its compiled addon`,
      todo: commandOf(engine),
    });
  }
  restoreUtil();
  // libtensorflow tells on stderr which CPU instructions it uses (level 0), and warns of every matrix without a factor
  // (1), which second-order steps try on purpose. Errors stay; and on a GPU warnings, which name a library it lacks.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= engine === 'tensorflow-gpu' ? '1' : '2';
  // Networks as small as those here are slower with more threads: they wait for each other in every kernel.
  process.env['TF_NUM_INTRAOP_THREADS'] ??= '1';
  process.env['TF_NUM_INTEROP_THREADS'] ??= '1';
  await import(pathToFileURL(found.main).href);
  requireDevice(engine, findBackend('tensorflow'));
}

/** What the backend of either package says of itself; another backend says neither. */
const backendSchema = z.object({ isGPUPackage: z.boolean(), isUsingGpuDevice: z.boolean() });

/** @throws InputError `engine-fell-back` unless the backend is that of this engine's package, on its kind of device. */
export function requireDevice(engine: NativeEngine, backend: unknown): void {
  const said = backendSchema.safeParse(backend);
  const isGpu = engine === 'tensorflow-gpu';
  const given = !said.success
    ? 'a backend that does not say which package it is of'
    : said.data.isGPUPackage !== isGpu
      ? `the backend of ${said.data.isGPUPackage ? PACKAGES['tensorflow-gpu'] : PACKAGES.tensorflow}`
      : isGpu && !said.data.isUsingGpuDevice
        ? `${PACKAGES[engine]}, which found no GPU that it can use and would compute on the CPU`
        : undefined;
  if (given === undefined) return;
  throw new InputError({
    code: 'engine-fell-back',
    what: `the engine ${engine} was asked for, and something else answers to its name`,
    given,
    expected: `the backend of ${PACKAGES[engine]}${isGpu ? ' on a GPU' : ''}`,
    todo: isGpu
      ? 'look at `nvidia-smi` and CUDA_VISIBLE_DEVICES, or use the engine tensorflow'
      : 'see that nothing else in this process loads a package that registers as tensorflow',
  });
}

/** What the command set up comes before what the user installed. */
function findNative(engine: NativeEngine, root: string): NativePackage | { readonly reason: string } {
  const name = PACKAGES[engine];
  const home = join(root, '.plumbline/engines', engine, 'node_modules', name);
  const installed = installedFolder(name, root);
  for (const folder of installed === undefined ? [home] : [home, installed]) {
    if (!existsSync(join(folder, ADDON))) continue;
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    const { version, main } = packageSchema.parse(JSON.parse(text));
    return { version, main: join(folder, main) };
  }
  return {
    reason:
      installed === undefined
        ? `the package ${name} is not installed`
        : `the package ${name} is installed without its compiled addon`,
  };
}

/** Where Node finds a package from Plumbline's own folder on. */
function installedFolder(name: string, root: string): string | undefined {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function commandOf(engine: NativeEngine): string {
  return engine === 'tensorflow' ? 'npm run setup:tensorflow' : 'npm run setup:tensorflow -- --gpu';
}

/** Node 23 took away two functions that the packages call. */
function restoreUtil(): void {
  const removed = { isArray: Array.isArray, isNullOrUndefined: (value: unknown) => value == null };
  for (const [name, value] of Object.entries(removed)) {
    if (!(name in util)) Reflect.set(util, name, value);
  }
}
