import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { LineReader } from './line-reader.ts';

/** How to start a subject. */
export interface SubjectCommand {
  /** A line for the shell, as one would type it. */
  readonly command: string;
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Why no further line will come. */
export interface SubjectEnd {
  /** `exit code 1`, `signal SIGSEGV`, `a line longer than 512 MiB`. */
  readonly how: string;
}

/** What V8 can hold as one string, less what an answer has around its tensors. */
const LONGEST_LINE = 2 ** 29 - 2 ** 20;

/** Of what a subject says on its standard error, the end. */
const KEPT_CHARACTERS = 8_000;

/** Subjects that are running: none outlives this process. */
const running = new Set<SubjectProcess>();

function stopAll(): void {
  for (const one of running) one.stop();
}

process.once('exit', stopAll);

/** A signal reaches no other group of processes; where nobody else listens it ends this one, as it does by default. */
const listeners = (
  [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const
).map(([name, code]) => {
  const onSignal = (): void => {
    stopAll();
    // Whoever listened before may have stopped the subjects, after which this is no longer among the listeners.
    if (process.listeners(name).every((one) => one === onSignal)) process.exit(code);
  };
  return { name, onSignal };
});

function listen(): void {
  for (const { name, onSignal } of listeners) process.on(name, onSignal);
}

function listenNoLonger(): void {
  for (const { name, onSignal } of listeners) process.off(name, onSignal);
}

/**
 * A subject as a process that reads and writes lines. It runs in a group of its own, so that a shell and all that it started
 * end together.
 */
export class SubjectProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: string[] = [];
  private readonly reader = new LineReader(LONGEST_LINE);
  private ended: SubjectEnd | undefined;
  private wake: () => void = () => undefined;
  private errors = '';
  private isGone = false;

  constructor({ command, directory, environment }: SubjectCommand) {
    this.child = spawn(command, {
      shell: true,
      detached: process.platform !== 'win32',
      env: { ...process.env, ...environment },
      ...(directory === undefined ? {} : { cwd: directory }),
    });
    if (running.size === 0) listen();
    running.add(this);
    this.child.stdout.on('data', (chunk: Buffer) => {
      const lines = this.reader.read(chunk);
      if (lines === undefined) this.end({ how: `a line longer than ${LONGEST_LINE} bytes` });
      else this.lines.push(...lines);
      this.wake();
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errors = (this.errors + text).slice(-KEPT_CHARACTERS);
    });
    // The end of the process is told by `close`; a pipe that breaks before says nothing more.
    this.child.stdin.on('error', () => undefined);
    this.child.on('error', (error) => {
      this.end({ how: error.message });
    });
    // What the shell has left behind would keep the pipes open.
    this.child.on('exit', () => {
      this.killGroup();
      this.isGone = true;
    });
    this.child.on('close', (code, signal) => {
      const rest = this.reader.rest();
      const amid = rest === '' ? '' : `, amid a line of ${rest.length} characters: ${rest.slice(0, 100)}`;
      this.end({ how: `${signal === null ? `exit code ${code ?? '?'}` : `signal ${signal}`}${amid}` });
    });
  }

  /** The end of what it said on its standard error. */
  get standardError(): string {
    return this.errors.trim();
  }

  write(line: string): void {
    if (this.ended === undefined) this.child.stdin.write(`${line}\n`);
  }

  /** The next line, its end, or undefined when neither came in time. */
  async next(limitMs: number): Promise<string | SubjectEnd | undefined> {
    const until = Date.now() + limitMs;
    for (;;) {
      const known = this.lines.shift() ?? this.ended;
      if (known !== undefined) return known;
      const left = until - Date.now();
      if (left <= 0) break;
      await this.change(left);
    }
    // Where this process itself was busy until now, what has come is read in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    return this.lines.shift() ?? this.ended;
  }

  /** Lines that nobody has asked for. */
  takeUnread(): readonly string[] {
    return this.lines.splice(0);
  }

  /** Closes its input, which a subject takes for its end, and waits for it so long; then it is killed. */
  async close(graceMs: number): Promise<void> {
    this.child.stdin.end();
    const isOver = new Promise<void>((resolve) => {
      if (this.ended === undefined) this.child.once('close', resolve);
      else resolve();
    });
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([isOver, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
    clearTimeout(timer);
    this.stop();
  }

  /** Ends it at once, and all that it started. */
  stop(): void {
    this.end({ how: 'it was stopped' });
    this.killGroup();
  }

  private killGroup(): void {
    const { pid } = this.child;
    // Its number may be another's by now.
    if (pid === undefined || this.isGone) return;
    try {
      if (process.platform === 'win32') this.child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }

  /** Waits for something to come, or for so long. */
  private async change(limitMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, limitMs);
    });
    clearTimeout(timer);
  }

  private end(end: SubjectEnd): void {
    this.ended ??= end;
    if (running.delete(this) && running.size === 0) listenNoLonger();
    this.wake();
  }
}
