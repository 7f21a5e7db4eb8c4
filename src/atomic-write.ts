import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from './errors.ts';

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its name.
 *
 * @throws InputError `not-writable`; nothing half-written stays.
 */
export function writeAtomically(file: string, content: string | Uint8Array): void {
  const target = resolve(file);
  const temporary = join(dirname(target), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    makeFolder(dirname(target));
    writeFileSync(temporary, content);
    renameSync(temporary, target);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw notWritable(file, error);
  }
}

/**
 * Makes sure, before long work begins, that a file can be written when it ends.
 *
 * @throws InputError `not-writable`
 */
export function requireWritable(file: string): void {
  try {
    makeFolder(dirname(resolve(file)));
    accessSync(dirname(resolve(file)), constants.W_OK);
  } catch (error) {
    throw notWritable(file, error);
  }
}

/** Folder by folder: the recursive mkdir of Node never returns where a file system refuses (in /proc, for one). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    if (statSync(folder).isDirectory()) return;
    throw new Error(`${folder} is not a folder`);
  }
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

function notWritable(file: string, cause: unknown): InputError {
  return new InputError({
    code: 'not-writable',
    what: `${file} cannot be written`,
    given: cause instanceof Error ? cause.message : String(cause),
    expected: 'a path in a folder that exists, or can be made, with write permission and space on the disk',
    todo: 'choose another path, or correct the permissions of the folder',
    cause,
  });
}
