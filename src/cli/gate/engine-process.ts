import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { GateEvent } from '../../verification/gate-events.ts';

/** What one engine's process is asked to do; laws and faults by ID, since functions do not cross a process border. */
export interface EngineAssignment {
  readonly engine: string;
  readonly laws: readonly string[];
  readonly faults: readonly string[];
  readonly runs: number;
  readonly seed: number;
  readonly powerSeeds: readonly number[];
  readonly deadline?: number;
  readonly isFirstEngine: boolean;
  readonly counterexamples: readonly { readonly file: string; readonly text: string }[];
}

/** What the process says beside the events of the gate. */
export type ChildMessage =
  GateEvent | { readonly type: 'refused'; readonly message: string } | { readonly type: 'finished' };

/** How the process of one engine ended; `reason` when it did not do all that it was asked. */
export interface EngineEnd {
  readonly opened: boolean;
  readonly reason?: string;
}

export interface RunningEngine {
  readonly end: Promise<EngineEnd>;
  /** Ends the process at once. */
  stop(): void;
}

/**
 * Gates one engine in a process of its own: tfjs keeps its backend in a process-wide singleton, and an engine that
 * crashes or hangs must take nothing else with it. Values cross by structured clone, bit for bit.
 */
export function startEngine(
  assignment: EngineAssignment,
  onEvent: (event: GateEvent) => void,
): RunningEngine {
  const child = fork(fileURLToPath(new URL('./engine-child.js', import.meta.url)), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.send(assignment);
  return { end: endOf(child, onEvent), stop: () => void child.kill('SIGKILL') };
}

function endOf(child: ChildProcess, onEvent: (event: GateEvent) => void): Promise<EngineEnd> {
  return new Promise((resolve) => {
    let opened = false;
    let finished = false;
    let refusal: string | undefined;
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-4_000);
    });
    child.on('message', (message) => {
      const event = message as ChildMessage;
      if (event.type === 'refused') refusal = event.message;
      else if (event.type === 'finished') finished = true;
      else {
        if (event.type === 'opened') opened = true;
        onEvent(event);
      }
    });
    child.on('close', (code, signal) => {
      if (finished) resolve({ opened });
      else if (refusal !== undefined) resolve({ opened, reason: refusal });
      else {
        const how = signal === null ? `exit code ${code ?? '?'}` : `signal ${signal}`;
        resolve({
          opened,
          reason: `its process ended early (${how})${errors === '' ? '' : `\n${errors.trim()}`}`,
        });
      }
    });
  });
}
