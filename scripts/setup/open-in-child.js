import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SetupFailure } from './failure.js';

const TIMEOUT_MS = 120_000;
const CHILD = fileURLToPath(new URL('../../dist/src/engine/survey-child.js', import.meta.url));

/**
 * Opens an engine, self-test included, in a process of its own, as `plumbline engines` does.
 *
 * @param {string} engine
 * @returns {Promise<{ opened: true, said: string } | { opened: false, why: string }>}
 */
export function openInChild(engine) {
  if (!existsSync(CHILD)) {
    throw new SetupFailure('Plumbline is not built', 'npm run build, then run this again');
  }
  return new Promise((resolve) => {
    const child = fork(CHILD, [engine], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    let answer;
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors = (errors + text).slice(-4_000);
    });
    child.on('message', (message) => {
      answer = message;
    });
    child.on('close', (code, signal) => {
      if (answer?.status === 'here') {
        const on = answer.device === undefined ? '' : ` on ${answer.device}`;
        resolve({ opened: true, said: `${answer.checks.length} self-test checks passed${on}` });
        return;
      }
      const why = answer?.why ?? `its process ended early (${signal ?? code})`;
      resolve({ opened: false, why: `${why}\n${errors}`.trim() });
    });
  });
}
