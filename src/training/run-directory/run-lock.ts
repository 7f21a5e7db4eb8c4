import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolderAt, notWritable } from '../../atomic-write.ts';
import { InputError } from '../../errors.ts';

const NAME = 'run.lock';

/**
 * Takes a run directory for this process; returns what gives it back. A lock whose process is gone is taken over.
 *
 * @throws InputError `run-in-use` while another process writes there: two would mix their logs. `not-writable`.
 */
export function lockRun(path: string): () => void {
  const file = join(path, NAME);
  makeFolderAt(path);
  try {
    write(file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
      throw notWritable(file, error);
    const holder = Number(readFileSync(file, 'utf8'));
    if (isAlive(holder)) throw inUse(path, file, holder);
    rmSync(file, { force: true });
    write(file);
  }
  return () => {
    rmSync(file, { force: true });
  };
}

function write(file: string): void {
  writeFileSync(file, String(process.pid), { flag: 'wx' });
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    // Signal 0 asks only whether the process is there.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function inUse(path: string, file: string, holder: number): InputError {
  return new InputError({
    code: 'run-in-use',
    what: `another process writes to the run in ${path}`,
    given: `process ${holder}, in ${file}`,
    expected: 'one process a run',
    todo: `wait for it, or end it with Ctrl-C; if process ${holder} is something else, delete ${file}`,
  });
}
