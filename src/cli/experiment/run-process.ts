import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ONE_THREAD } from '../../engine/index.ts';
import type { TrainOptions } from '../train/options.ts';

const CHILD = fileURLToPath(new URL('./run-child.js', import.meta.url));

/** What the process of one run is asked to do. */
export interface RunAssignment {
  readonly model: string;
  readonly options: TrainOptions;
}

/** What it says. */
export type RunMessage =
  | { readonly type: 'progress'; readonly line: string }
  | { readonly type: 'ended'; readonly end: RunProcessEnd };

/** How it ended. The exit code is null where a signal ended the process. */
export type RunProcessEnd =
  | { readonly status: 'done' }
  | { readonly status: 'stopped' }
  | { readonly status: 'failed'; readonly exitCode: number | null; readonly story: string };

export interface RunProcess {
  readonly end: Promise<RunProcessEnd>;
  /** Lets the run end after its step, with a checkpoint. */
  stop(): void;
  /** Ends the process at once. */
  kill(): void;
}

/** Trains one run in a process of its own: an engine is one a process, and what crashes takes nothing else with it. */
export function startRun(assignment: RunAssignment, onProgress: (line: string) => void): RunProcess {
  const child = fork(CHILD, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...ONE_THREAD },
  });
  child.send(assignment);
  return {
    end: endOf(child, onProgress),
    stop: () => {
      if (child.connected) child.send('stop');
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function endOf(child: ChildProcess, onProgress: (line: string) => void): Promise<RunProcessEnd> {
  return new Promise((resolve) => {
    let end: RunProcessEnd | undefined;
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-4_000);
    });
    child.on('message', (message) => {
      const said = message as RunMessage;
      if (said.type === 'progress') onProgress(said.line);
      else end = said.end;
    });
    child.on('close', (code, signal) => {
      const how = signal === null ? `exit code ${code ?? '?'}` : `signal ${signal}`;
      const story = `its process ended early (${how})\n${errors}`.trim();
      resolve(end ?? { status: 'failed', exitCode: code, story });
    });
  });
}
