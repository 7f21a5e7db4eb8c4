import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Where a variant is set up: beside `node_modules`, so that neither `npm ci` nor `npm install` takes it away, and below
 * the project, so that its `require('@tensorflow/tfjs')` finds the project's one and only tfjs.
 */
export function homeOf(variant, project = PROJECT) {
  return join(project, '.plumbline', 'engines', variant);
}

/** The npm package in its home. */
export function packageFolderOf(home, npm) {
  return join(home, 'node_modules', ...npm.split('/'));
}

/** Where the package looks for its addon; Node-API 8 is the newest that it was made for, and every Node since 12 has it. */
export const ADDON = join('lib', 'napi-v8', 'tfjs_binding.node');

const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** Headers that the addon includes, directly or not. */
const HEADERS = [
  'tensorflow/c/',
  'tensorflow/core/platform/ctstring',
  'tsl/platform/ctstring',
  'xla/tsl/c/tsl_status',
];

/**
 * Where a file of a wheel goes, relative to the folder of the npm package; `undefined` for what is not needed. The
 * libraries of NVIDIA lie beside those of TensorFlow as they do in Python, where its run path (`$ORIGIN/../nvidia/…`)
 * looks for them.
 *
 * @param {string} member @returns {string | undefined}
 */
export function placeOf(member) {
  const library = LIBRARIES.find((name) => member === `tensorflow/${name}`);
  if (library !== undefined) return `deps/lib/${library}`;
  const include = 'tensorflow/include/';
  if (member.startsWith(include) && member.endsWith('.h')) {
    const header = member.slice(include.length);
    return HEADERS.some((prefix) => header.startsWith(prefix)) ? `deps/include/${header}` : undefined;
  }
  if (/^nvidia\/[^/]+\/(lib|bin|nvvm)\/./.test(member) && !member.endsWith('/')) return `deps/${member}`;
  return undefined;
}

/**
 * Arguments of the C++ compiler, run in the folder of the npm package. The run path lets the addon find its libraries
 * wherever the whole folder is moved to.
 *
 * @param {string} nodeApiHeaders folder of node_api.h
 */
export function compilerArguments(nodeApiHeaders) {
  return [
    '-shared',
    '-fPIC',
    '-O2',
    '-std=c++17',
    '-DNAPI_VERSION=8',
    ...['deps/include', 'deps/include/tensorflow', nodeApiHeaders].map((folder) => `-I${folder}`),
    'binding/tfjs_backend.cc',
    'binding/tfjs_binding.cc',
    '-Ldeps/lib',
    ...LIBRARIES.map((name) => `-l:${name}`),
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
    '-o',
    ADDON,
  ];
}
