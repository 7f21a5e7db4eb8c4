import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built program. */
export const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** What a command left behind. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run. */
export interface Running {
  readonly cwd?: string;
  /** Beside the environment of the specs, without what GitHub Actions says in it. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default Ctrl-C. */
  readonly signal?: 'SIGINT' | 'SIGTERM';
  readonly interruptAfterMs?: number;
  readonly interruptOn?: string;
}

/** Runs the built program as a user does; it is sent a signal after some time, or once it has said something on stderr. */
export function plumbline(
  args: readonly string[],
  { cwd, env = {}, signal = 'SIGINT', interruptAfterMs, interruptOn }: Running = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const outside = Object.entries(process.env).filter(([name]) => !name.startsWith('GITHUB_'));
    const child = spawn(process.execPath, [MAIN, ...args], {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...Object.fromEntries(outside), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const hadSaid = interruptOn !== undefined && stderr.includes(interruptOn);
      stderr += text;
      if (!hadSaid && interruptOn !== undefined && stderr.includes(interruptOn)) child.kill(signal);
    });
    if (interruptAfterMs !== undefined) setTimeout(() => child.kill(signal), interruptAfterMs);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
