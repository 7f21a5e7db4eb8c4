import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchmarkResult } from '../../benchmarking/measure.ts';
import { ONE_THREAD } from '../../engine/index.ts';

/** What the process of one benchmark says. */
export type BenchAnswer =
  | { readonly status: 'measured'; readonly result: BenchmarkResult }
  | { readonly status: 'failed'; readonly why: string };

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

/** Measures a benchmark on an engine in a process of its own, which nothing before it has warmed or littered. */
export function measureInChild(id: string, engine: string, timeMs: number): Promise<BenchAnswer> {
  return new Promise((resolve) => {
    const child = fork(CHILD, [id, engine, String(timeMs)], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...ONE_THREAD },
    });
    let answer: BenchAnswer | undefined;
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-2_000);
    });
    child.on('message', (message) => {
      answer = message as BenchAnswer;
    });
    child.on('close', (code, signal) => {
      const end = `its process ended early (${signal ?? `exit code ${code ?? '?'}`})\n${errors}`.trim();
      resolve(answer ?? { status: 'failed', why: end });
    });
  });
}
