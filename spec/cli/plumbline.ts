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

/** Runs the built program as a user does; it is sent Ctrl-C after some time, or once it has said something on stderr. */
export function plumbline(
  args: readonly string[],
  {
    cwd,
    interruptAfterMs,
    interruptOn,
  }: { readonly cwd?: string; readonly interruptAfterMs?: number; readonly interruptOn?: string } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      ...(cwd === undefined ? {} : { cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const hadSaid = interruptOn !== undefined && stderr.includes(interruptOn);
      stderr += text;
      if (!hadSaid && interruptOn !== undefined && stderr.includes(interruptOn)) child.kill('SIGINT');
    });
    if (interruptAfterMs !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAfterMs);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
