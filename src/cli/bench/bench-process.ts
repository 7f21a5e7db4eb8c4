import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ONE_THREAD } from '../../engine/index.ts';
import type { BenchmarkAnswer, BenchmarkJob } from './job.ts';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

/** Of what a process says on its standard error, the end. */
const KEPT_CHARACTERS = 2_000;

/**
 * Does a job in a process of its own with one thread, which nothing before it has warmed or littered. A process that dies, or
 * that the signal ends, has failed.
 */
export function runJob(job: BenchmarkJob, signal: AbortSignal): Promise<BenchmarkAnswer> {
  // One that is ended does not remove what it wrote.
  const temporary = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  return new Promise((resolve) => {
    const child = fork(CHILD, {
      cwd: job.source.root,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...ONE_THREAD, TMPDIR: temporary },
    });
    const stop = (): void => void child.kill('SIGKILL');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    let answer: BenchmarkAnswer | undefined;
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-KEPT_CHARACTERS);
    });
    child.on('message', (message) => {
      answer = message as BenchmarkAnswer;
    });
    child.on('error', (error) => {
      errors += error.message;
    });
    child.on('close', (code, ended) => {
      signal.removeEventListener('abort', stop);
      rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
      const end = `its process ended early (${ended ?? `exit code ${code ?? '?'}`})\n${errors}`.trim();
      resolve(answer ?? { status: 'failed', why: end });
    });
    // A process that is gone by now says so when it closes.
    child.send(job, () => undefined);
  });
}
