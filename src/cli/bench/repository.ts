import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../errors.ts';
import { git } from './git.ts';

/** A repository whose commits are to be measured. */
export interface Repository {
  readonly root: string;
  /** Files of the index and objects that are made on the way go here, and none into the repository. */
  readonly scratch: string;
}

/** What is written out for one side. */
export interface Snapshot {
  /** Object name of the tree of files. */
  readonly tree: string;
  /** As people call it: `HEAD~1 (1a2b3c4)`. */
  readonly label: string;
}

/** @throws InputError `git-failed` outside a repository. */
export async function repositoryAt(cwd: string, scratch: string): Promise<Repository> {
  return { root: await git(['rev-parse', '--show-toplevel'], { cwd }), scratch };
}

/** @throws InputError `ref-unknown`. */
export async function snapshotOf(ref: string, { root }: Repository): Promise<Snapshot> {
  const commit = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], {
    cwd: root,
  }).catch((error: unknown) => {
    throw new InputError({
      code: 'ref-unknown',
      what: 'there is no commit of this name here',
      given: ref,
      expected: 'a branch, a tag, a commit or HEAD~1',
      todo: 'fetch it first: a shallow clone has its last commit only (in a workflow: fetch-depth: 0)',
      cause: error,
    });
  });
  const tree = await git(['rev-parse', `${commit}^{tree}`], { cwd: root });
  return { tree, label: `${ref} (${commit.slice(0, 7)})` };
}

/** The files as they are now, those that git does not know yet included, and those that it ignores not. */
export async function workingTree(repository: Repository): Promise<Snapshot> {
  const { root } = repository;
  const env = await scratchEnvironment(repository, 'working-tree');
  const head = await git(['rev-parse', '--short=7', 'HEAD'], { cwd: root });
  await git(['read-tree', 'HEAD'], { cwd: root, env });
  await git(['add', '--all'], { cwd: root, env });
  const tree = await git(['write-tree'], { cwd: root, env });
  const isCommitted = tree === (await git(['rev-parse', 'HEAD^{tree}'], { cwd: root }));
  return { tree, label: isCommitted ? `HEAD (${head})` : `the working tree on ${head}` };
}

/** Writes the files of a snapshot into a folder: no worktree of git, so that nothing has to be told to forget it. */
export async function writeOut(
  { tree }: Snapshot,
  folder: string,
  repository: Repository,
  signal: AbortSignal,
): Promise<void> {
  const env = await scratchEnvironment(repository, tree);
  const { root: cwd } = repository;
  mkdirSync(folder, { recursive: true });
  await git(['read-tree', tree], { cwd, env, signal });
  await git(['checkout-index', '--all', `--prefix=${folder}/`], { cwd, env, signal });
}

async function scratchEnvironment(
  { root, scratch }: Repository,
  name: string,
): Promise<Readonly<Record<string, string>>> {
  const objects = await git(['rev-parse', '--path-format=absolute', '--git-path', 'objects'], { cwd: root });
  const own = join(scratch, 'objects');
  mkdirSync(own, { recursive: true });
  return {
    GIT_INDEX_FILE: join(scratch, `${name}.index`),
    GIT_OBJECT_DIRECTORY: own,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
  };
}
