import { PlumblineError, SubjectError } from '../../errors.ts';
import { BROKEN, Connection } from './connection.ts';
import type { Lines } from './connection.ts';
import type { Handle } from '../subject.ts';
import type { FloatDtype } from '../tensor-value.ts';
import type { HelloResult, Method } from './messages.ts';
import type { SubjectCommand } from './subject-process.ts';
import { SubjectProcess } from './subject-process.ts';

export interface SessionOptions extends SubjectCommand {
  /** Who asks. */
  readonly client: { readonly name: string; readonly version: string };
  /** From the start of the process to its first answer: importing a library takes seconds. */
  readonly startLimitMs: number;
  readonly requestLimitMs: number;
  /** Stands between requests and the process: for faults of the protocol. */
  readonly between?: (lines: Lines) => Lines;
}

/** Processes that one session starts at most: a subject that dies in every law would be started for each of them. */
const MOST_STARTS = 12;

/** After the end of its input, a subject has so long to end by itself. */
const GRACE_MS = 2_000;

/**
 * A subject in another process. One that dies is started anew, within one law at most once, so that a death that is not the
 * subject's own doing costs nothing, and one that is ends the law. Requests are made one after the other.
 */
export class SubjectSession {
  private readonly options: SessionOptions;
  private connection: Connection | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private starts = 0;
  private hasAskedInLaw = false;
  private restartsOfLaw = 0;
  private said: HelloResult | undefined;
  private lastBreach: SubjectError | undefined;
  private isStopped = false;
  private readonly stories: string[] = [];

  constructor(options: SessionOptions) {
    this.options = options;
  }

  /** What it was each time that the subject was started again. */
  get deaths(): readonly string[] {
    return this.stories;
  }

  /** A new law may cost a restart again. */
  beginLaw(): void {
    this.hasAskedInLaw = false;
    this.restartsOfLaw = 0;
  }

  /**
   * Starts the process, unless it runs.
   *
   * @throws SubjectError `subject-not-started` with all that the process said; `subject-unstable`, `subject-stopped`
   */
  open(): Promise<HelloResult> {
    return this.inTurn(() => this.opened());
  }

  /**
   * Asks, and asks once more where the process died of it; what has a handle is not asked again, since its object died too.
   *
   * @throws SubjectError as `Connection.ask` and `open` do
   */
  ask(method: Method, params: object, dtype?: FloatDtype): Promise<unknown> {
    return this.inTurn(async () => {
      await this.ready();
      try {
        return await this.exchange(method, params, dtype);
      } catch (error) {
        if (!isDeath(error) || this.restartsOfLaw > 0 || hasHandle(params)) throw error;
        await this.ready();
        return this.exchange(method, params, dtype);
      }
    });
  }

  /** Lets the subject forget an object; one of a process that is gone is forgotten already. */
  release(object: Handle): Promise<void> {
    return this.inTurn(async () => {
      if (this.connection?.isBroken === false) await this.exchange('release', { object }, undefined);
    });
  }

  async close(): Promise<void> {
    this.isStopped = true;
    await this.connection?.close(GRACE_MS);
  }

  /** Ends the process at once; it is not started again. */
  stop(): void {
    this.isStopped = true;
    this.connection?.stop();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }

  /** A process that can be asked; within a law one that has broken is replaced once. */
  private async ready(): Promise<void> {
    if (this.connection?.isBroken === true && this.hasAskedInLaw) {
      if (this.restartsOfLaw > 0 && this.lastBreach !== undefined) throw this.lastBreach;
      this.restartsOfLaw += 1;
    }
    await this.opened();
    this.hasAskedInLaw = true;
  }

  private async opened(): Promise<HelloResult> {
    if (this.isStopped) throw new SubjectError({ code: 'subject-stopped', what: 'the subject was stopped' });
    if (this.connection?.isBroken === false && this.said !== undefined) return this.said;
    if (this.starts >= MOST_STARTS) {
      throw new SubjectError({
        code: 'subject-unstable',
        what: `the subject was started ${this.starts} times and broke each time; it is not started again`,
        given: this.stories[0] ?? 'it could not be started',
        todo: 'mend what this tells of, then run the gate again',
      });
    }
    if (this.lastBreach !== undefined) this.stories.push(this.lastBreach.message);
    this.starts += 1;
    const lines = new SubjectProcess(this.options);
    const connection = new Connection(this.options.between?.(lines) ?? lines);
    this.connection = connection;
    try {
      this.said = await connection.hello(this.options.client, this.options.startLimitMs);
      return this.said;
    } catch (error) {
      connection.stop();
      throw notStarted(error, this.options.command, connection.standardError);
    }
  }

  private async exchange(method: Method, params: object, dtype: FloatDtype | undefined): Promise<unknown> {
    if (this.connection === undefined) throw new TypeError('the session is not open');
    try {
      return await this.connection.ask(method, params, this.options.requestLimitMs, dtype);
    } catch (error) {
      if (isBreach(error)) this.lastBreach = error;
      throw error;
    }
  }
}

/** Whether what was thrown means that the process is of no use any longer. */
function isBreach(error: unknown): error is SubjectError {
  return error instanceof SubjectError && BROKEN.some((code) => code === error.code);
}

/** A breach of the protocol is the subject's own doing and would come again; a death need not. */
function isDeath(error: unknown): error is SubjectError {
  return error instanceof SubjectError && error.code === 'subject-died';
}

function hasHandle(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  return '$handle' in value || Object.values(value).some(hasHandle);
}

function notStarted(error: unknown, command: string, standardError: string): SubjectError {
  const why = error instanceof PlumblineError ? error.message : String(error);
  return new SubjectError({
    code: 'subject-not-started',
    what: `the subject could not be started: ${command}`,
    given: why.includes(standardError) ? why : `${why}\nits standard error ends\n${standardError}`,
    expected: 'a program that answers `hello` on its standard output',
    todo: 'run the command by hand in the same folder',
    cause: error,
  });
}
