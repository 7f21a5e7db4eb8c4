import { spawn } from 'node:child_process';
import { clearTimeout, setTimeout } from 'node:timers';

/** Enough of a program's output for an error message. */
const KEPT_CHARACTERS = 20_000;

/** Programs that run now. */
const running = new Set();

/** Ends every program that was started here, at once: what they still wrote would outlive the clearing up. */
export function stopPrograms() {
  for (const child of running) child.kill('SIGKILL');
}

/**
 * Runs a program to its end, without a shell. Never throws: a program that is not there has the code `null`.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number | null, output: string, timedOut: boolean }>} output: both streams, the last part
 */
export function runProgram(program, args, { cwd, env = process.env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    let timedOut = false;
    // A time limit of `spawn` itself goes on after a program was not found, and keeps this process alive.
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, timeoutMs);
    const keep = (text) => {
      output = (output + text).slice(-KEPT_CHARACTERS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', ({ message }) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code: null, output: message, timedOut });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, output: signal === null ? output : `${output}\nended by ${signal}`, timedOut });
    });
  });
}
