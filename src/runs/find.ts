import type { Dirent } from 'node:fs';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { InputError } from '../errors.ts';
import { candidateAt } from './candidate.ts';
import type { Candidate, Folder, Format } from './format.ts';
import { FORMATS } from './formats/index.ts';
import type { Found } from './found-run.ts';
import type { Problem } from './problem.ts';

/** `mlruns/EXPERIMENT/RUN/metrics/GROUP/KEY` are six; a cycle of mounts would have no end. */
const MAXIMUM_DEPTH = 12;

/** Folders of tools, with thousands of files and no log among them. */
const TOOLS = /^\.|^(?:node_modules|__pycache__)$/;

/** What a log is called; an empty file of such a name is a log that nothing was written to. */
const LOG_NAMES = /tfevents|\.(?:csv|jsonl|ndjson|dat|wandb)$/;

/** What nothing but a log is called: where no reader takes it, it is damaged at its beginning. */
const SURE_LOG_NAMES =
  /tfevents|\.wandb$|(?:^|[/\\.])(?:progress|monitor|metrics)\.csv$|loss\.dat$|trainer_state\.json$/;

/** What was found at some paths. */
export interface Findings {
  readonly found: readonly Found[];
  /** Files in folders that no format recognises: a log lies among pictures and weights; and folders of tools. */
  readonly ignored: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Finds the logs at paths: files, or folders with everything in them. What a log is, its content says; links in folders
 * are not followed, folders of tools not looked into. A file that is named and not recognised is a problem; one in a
 * folder is ignored, and listed.
 *
 * @throws InputError `path-missing`
 */
export function findLogs(paths: readonly string[]): Findings {
  const findings = { found: [] as Found[], ignored: [] as string[], problems: [] as Problem[] };
  for (const path of paths) {
    if (isFolderAt(path)) lookInto(path, 0, { ...findings, root: path });
    else lookAt(path, findings, 'named');
  }
  return { ...findings, found: acrossFolders(findings.found) };
}

type Open = { found: Found[]; ignored: string[]; problems: Problem[] };

/** With the folder that was named, to which all others belong. */
type OpenFolder = Open & { readonly root: string };

function isFolderAt(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new InputError({
      code: 'path-missing',
      what: 'there is no file and no folder at this path',
      given: path,
      expected: 'a log, or a folder with logs in it',
      todo: 'check the path',
      cause: error,
    });
  }
}

function lookInto(path: string, depth: number, findings: OpenFolder): void {
  const { problems, root } = findings;
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    problems.push({ kind: 'file-unreadable', place: { file: path }, what: String(error) });
    return;
  }
  const names = (of: (entry: (typeof entries)[number]) => boolean) =>
    entries.filter(of).map(({ name }) => name);
  const folder: Folder = {
    path,
    files: names((entry) => entry.isFile()),
    folders: names((entry) => entry.isDirectory()),
  };
  for (const name of names((entry) => entry.isSymbolicLink())) {
    const file = join(path, name);
    if (isWithin(file, root)) continue;
    const what = 'it points out of the folder that is read; name what it points to to read it';
    problems.push({ kind: 'link-not-followed', place: { file }, what });
  }
  const owner = FORMATS.find(({ ownsFolder }) => ownsFolder?.(folder) === true);
  if (owner !== undefined) {
    findings.found.push({ format: owner, path, paths: [path] });
    return;
  }
  const before = findings.found.length;
  for (const name of folder.files) lookAt(join(path, name), findings, 'listed');
  const here = findings.found.splice(before);
  findings.found.push(...together(path, here));
  if (depth >= MAXIMUM_DEPTH && folder.folders.length > 0) {
    const what = `${folder.folders.length} folders deeper than ${MAXIMUM_DEPTH} were not looked into`;
    problems.push({ kind: 'folder-too-deep', place: { file: path }, what });
  } else {
    for (const name of folder.folders) {
      if (TOOLS.test(name)) findings.ignored.push(join(path, name));
      else lookInto(join(path, name), depth + 1, findings);
    }
  }
}

/** Files of one folder that are one run, as one; the others as they are. */
function together(folder: string, found: readonly Found[]): readonly Found[] {
  const joined = new Map<Format, Found>();
  for (const one of found) {
    if (one.format.oneRunAFolder !== true) continue;
    const paths = [...(joined.get(one.format)?.paths ?? []), ...one.paths];
    joined.set(one.format, { format: one.format, path: folder, paths });
  }
  return [...found.filter(({ format }) => !joined.has(format)), ...joined.values()];
}

/** Files of one run that lie in several folders, as one, where the first of them was. */
function acrossFolders(found: readonly Found[]): readonly Found[] {
  const joined = new Map<string, Found>();
  for (const one of found) {
    const path = one.format.runOf?.(one.path) ?? one.path;
    const key = JSON.stringify([one.format.name, path]);
    const known = joined.get(key);
    if (known === undefined) joined.set(key, one);
    else joined.set(key, { format: one.format, path, paths: [...new Set([...known.paths, ...one.paths])] });
  }
  return [...joined.values()];
}

/** Why no reader takes a file, as far as its first bytes say. */
function reasonOf({ head }: Candidate): string {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'it is compressed by gzip: unpack it first';
  const mark = head.length < 2 ? 0 : head.readUInt16BE(0);
  return mark === 0xfffe || mark === 0xfeff
    ? 'it is text in UTF-16: write it as UTF-8 first'
    : 'no reader recognises it';
}

/** Whether a link points to something that is read anyway. */
function isWithin(link: string, folder: string): boolean {
  try {
    return realpathSync(link).startsWith(realpathSync(folder) + sep);
  } catch {
    return false;
  }
}

function lookAt(path: string, { found, ignored, problems }: Open, how: 'named' | 'listed'): void {
  let file: Candidate;
  try {
    file = candidateAt(path);
  } catch (error) {
    problems.push({ kind: 'file-unreadable', place: { file: path }, what: String(error) });
    return;
  }
  const format = FORMATS.find(({ recognises }) => recognises?.(file) === true);
  if (format !== undefined) found.push({ format, path, paths: [path] });
  else if (file.size === 0 && (how === 'named' || LOG_NAMES.test(path))) {
    problems.push({ kind: 'file-empty', place: { file: path }, what: 'there is nothing in it' });
  } else if (how === 'listed' && !SURE_LOG_NAMES.test(path)) ignored.push(path);
  else {
    const what = `${reasonOf(file)}; known are ${FORMATS.map(({ title }) => title).join(', ')}`;
    problems.push({ kind: 'format-unknown', place: { file: path }, what });
  }
}
