import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../../errors.ts';
import { packageRoot } from '../../version.ts';
import type { BenchmarkSource } from './job.ts';

const OWN_LIBRARY = join(packageRoot(), 'dist', 'src', 'index.js');

/** Beside the library, in what is built. */
const benchmarksOfLibrary = (library: string): string => join(dirname(library), '..', 'bench', 'index.js');

/**
 * The benchmarks of a module, or those of this package.
 *
 * @throws InputError `benchmarks-missing`.
 */
export function sourceHere(module: string | undefined): BenchmarkSource {
  const root = process.cwd();
  if (module === undefined) return { root, module: benchmarksOfLibrary(OWN_LIBRARY), library: OWN_LIBRARY };
  const file = requireModule(resolve(module));
  return { root, module: file, library: libraryOf(file) ?? OWN_LIBRARY };
}

/**
 * The same benchmarks as another state of a project has them.
 *
 * @param module Path of the module inside the project; that of the package plumbline where it is absent.
 * @throws InputError `library-missing`, `benchmarks-missing`.
 */
export function sourceIn(root: string, module: string | undefined, label: string): BenchmarkSource {
  const file = module === undefined ? undefined : join(root, module);
  const library = libraryOf(file ?? join(root, 'package.json'));
  if (library === undefined) {
    throw new InputError({
      code: 'library-missing',
      what: `${label} has no package plumbline`,
      given: root,
      expected: 'plumbline among the dependencies of its package.json',
      todo: 'compare two commits that have it',
    });
  }
  return { root, module: requireModule(file ?? benchmarksOfLibrary(library)), library, label };
}

function requireModule(file: string): string {
  if (existsSync(file)) return file;
  throw new InputError({
    code: 'benchmarks-missing',
    what: 'there is no such module of benchmarks',
    given: file,
    expected: 'a module of JavaScript that exports benchmarks',
    todo: 'build it first, if it is TypeScript',
  });
}

/** What a file would import as `plumbline`. */
function libraryOf(file: string): string | undefined {
  try {
    return createRequire(file).resolve('plumbline');
  } catch {
    return undefined;
  }
}
