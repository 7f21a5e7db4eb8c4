import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from './errors.ts';

/**
 * Writes a file whole or not at all: into a temporary file beside it, which takes its name when it is on the disk.
 *
 * @throws InputError `not-writable`, `disk-full`; nothing half-written stays.
 */
export function writeAtomically(file: string, content: string | Uint8Array): void {
  const target = resolve(file);
  const temporary = temporaryIn(dirname(target));
  try {
    makeFolder(dirname(target));
    writeThrough(temporary, content);
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
  const folder = dirname(resolve(file));
  try {
    makeFolder(folder);
    // Permission bits say nothing of a file system that takes no files (/proc, for one).
    const trial = temporaryIn(folder);
    closeSync(openSync(trial, 'wx'));
    rmSync(trial);
  } catch (error) {
    throw notWritable(file, error);
  }
}

function temporaryIn(folder: string): string {
  return join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
}

/** A name that has come before its content would be an empty file after a power cut. */
function writeThrough(file: string, content: string | Uint8Array): void {
  const descriptor = openSync(file, 'wx');
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Makes a folder and those above it.
 *
 * @throws InputError `not-writable`
 */
export function makeFolderAt(folder: string): void {
  try {
    makeFolder(resolve(folder));
  } catch (error) {
    throw notWritable(folder, error);
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

/** What the system answers where there is no space left: on the disk, in a quota, or in a limit on the size of files. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** The error for a file that the system did not let us write, and what it said. */
export function notWritable(file: string, cause: unknown): InputError {
  const given = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof Error && 'code' in cause && FULL.includes(String(cause.code))) {
    return new InputError({
      code: 'disk-full',
      what: `${file} cannot be written: there is no space left`,
      given,
      expected: 'space on the disk, and within the quota',
      todo: 'make space, or choose a path on another disk',
      cause,
    });
  }
  return new InputError({
    code: 'not-writable',
    what: `${file} cannot be written`,
    given,
    expected: 'a path in a folder that exists, or can be made, with write permission and space on the disk',
    todo: 'choose another path, or correct the permissions of the folder',
    cause,
  });
}
