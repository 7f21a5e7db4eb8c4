import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Candidate } from './format.ts';

/** Enough for a header and dozens of rows. */
const HEAD_BYTES = 2 ** 16;

/**
 * A file by its first bytes.
 *
 * @throws what the file system throws, and an Error for what is no regular file
 */
export function candidateAt(path: string): Candidate {
  const about = statSync(path);
  if (!about.isFile()) throw new Error('not a regular file: a pipe or a device cannot be read twice');
  const descriptor = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return { path, size: about.size, head: head.subarray(0, readSync(descriptor, head, 0, HEAD_BYTES, 0)) };
  } finally {
    closeSync(descriptor);
  }
}
