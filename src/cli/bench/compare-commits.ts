import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { BenchmarkOutcome } from '../../benchmarking/result.ts';
import { InputError } from '../../errors.ts';
import { compareSources } from './compare-sources.ts';
import type { BenchmarkSource } from './job.ts';
import type { BenchOptions } from './options.ts';
import { prepareTree } from './prepare-tree.ts';
import type { BenchProgress } from './progress.ts';
import type { Snapshot } from './repository.ts';
import { repositoryAt, snapshotOf, workingTree, writeOut } from './repository.ts';
import { sourceIn } from './source.ts';

/** Both sides, and what became of each benchmark. */
export interface ComparedCommits {
  readonly own: string;
  readonly against: string;
  readonly outcomes: readonly BenchmarkOutcome[];
}

/**
 * Compares the files as they are with those of a commit. Both are written out, installed and built once; then processes of the
 * two run in turn, A B, B A, … Nothing of it stays, but for packages in the user's cache.
 *
 * @throws InputError `git-failed`, `ref-unknown`, `preparation-failed`, `library-missing`, `benchmarks-outside`,
 * `benchmark-unknown`.
 */
export async function compareCommits(
  ref: string,
  options: BenchOptions,
  progress: BenchProgress,
  signal: AbortSignal,
): Promise<ComparedCommits> {
  const scratch = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const remove = (): void => {
    rmSync(scratch, { recursive: true, force: true });
  };
  // However the process ends, short of being killed.
  process.once('exit', remove);
  try {
    const repository = await repositoryAt(process.cwd(), scratch);
    const sides = { against: await snapshotOf(ref, repository), own: await workingTree(repository) };
    const module = options.module === undefined ? undefined : insideOf(repository.root, options.module);
    const labels = { own: sides.own.label, against: sides.against.label };
    if (sides.own.tree === sides.against.tree)
      progress.say('Both sides are the same files: what is found is what this machine makes up.');
    const sourceOf = async (side: Snapshot, name: string): Promise<BenchmarkSource> => {
      const root = join(scratch, name);
      await writeOut(side, root, repository, signal);
      await prepareTree(root, {
        installed: repository.root,
        ...(options.prepare === undefined ? {} : { command: options.prepare }),
        signal,
        onProgress: (what) => {
          progress.say(`${side.label}: ${what} …`);
        },
      });
      return sourceIn(root, module, side.label);
    };
    const against = await sourceOf(sides.against, 'against');
    const own = await sourceOf(sides.own, 'own');
    return { ...labels, outcomes: await compareSources({ own, against }, options, progress, signal, labels) };
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/**
 * The path of a module in its repository.
 *
 * @throws InputError `benchmarks-outside`.
 */
function insideOf(root: string, module: string): string {
  const [folder, name] = [dirname(resolve(module)), basename(module)];
  const path = relative(realpathSync(root), join(existsSync(folder) ? realpathSync(folder) : folder, name));
  if (!path.startsWith('..') && !isAbsolute(path)) return path;
  throw new InputError({
    code: 'benchmarks-outside',
    what: 'benchmarks that are not in the repository are the same on both sides',
    given: module,
    expected: `a module in ${root}`,
    todo: 'commit it there, or compare with --baseline',
  });
}
