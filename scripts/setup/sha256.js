import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetupFailure } from './failure.js';

/** SHA-256 of a file of any size, in hexadecimal. */
export async function sha256Of(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Compares a downloaded file with its pinned hash. @throws SetupFailure when it is another file. */
export async function requireSha256(file, pinned) {
  const found = await sha256Of(file);
  if (found === pinned) return;
  throw new SetupFailure(
    `${basename(file)} is not the file that this script was written for: SHA-256 ${found}, pinned ${pinned}`,
    'nothing of it was used; look at where your package index takes it from, then run this again',
  );
}
