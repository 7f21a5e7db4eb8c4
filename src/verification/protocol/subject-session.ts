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
 * A subject in another process, started anew when it dies: within one law at most once, so that a death that is not the
 * subject's own doing costs nothing, and one that is ends the law.
 */
export class SubjectSession {
  private readonly options: SessionOptions;
  private connection: Connection | undefined;
  private starts = 0;
  private restartsOfLaw = 0;
  private said: HelloResult | undefined;
  private readonly deathStories: string[] = [];

  constructor(options: SessionOptions) {
    this.options = options;
  }

  /** What each death was, in the order in which they came. */
  get deaths(): readonly string[] {
    return this.deathStories;
  }

  /** A new law may cost a restart again. */
  beginLaw(): void {
    this.restartsOfLaw = 0;
  }

  /**
   * Starts the process, unless it runs.
   *
   * @throws SubjectError `subject-not-started` with all that the process said.
   */
  async open(): Promise<HelloResult> {
    if (this.connection?.isBroken === false && this.said !== undefined) return this.said;
    if (this.starts >= MOST_STARTS) {
      throw new SubjectError({
        code: 'subject-unstable',
        what: `the subject was started ${this.starts} times and broke each time; it is not started again`,
        given: this.deathStories.at(-1) ?? 'no story',
        todo: 'mend what the first of its deaths tells of, then run the gate again',
      });
    }
    this.starts += 1;
    const lines = new SubjectProcess(this.options);
    const connection = new Connection(this.options.between?.(lines) ?? lines);
    try {
      this.said = await connection.hello(this.options.client, this.options.startLimitMs);
    } catch (error) {
      connection.stop();
      throw notStarted(error, this.options.command, connection.standardError);
    }
    this.connection = connection;
    return this.said;
  }

  /**
   * Asks, and asks once more where the process died of it; what has a handle is not asked again, since its object died too.
   *
   * @throws SubjectError as `Connection.ask` does, `subject-unstable`
   */
  async ask(method: Method, params: object, dtype?: FloatDtype): Promise<unknown> {
    await this.open();
    try {
      return await this.exchange(method, params, dtype);
    } catch (error) {
      if (!isDeath(error)) throw error;
      this.deathStories.push(error.message);
      if (this.restartsOfLaw > 0 || hasHandle(params)) throw error;
      this.restartsOfLaw += 1;
      await this.open();
      return this.exchange(method, params, dtype);
    }
  }

  /** Lets the subject forget an object; one of a process that is gone is forgotten already. */
  async release(object: Handle): Promise<void> {
    if (this.connection?.isBroken === false) await this.exchange('release', { object }, undefined);
  }

  async close(): Promise<void> {
    await this.connection?.close(GRACE_MS);
  }

  stop(): void {
    this.connection?.stop();
  }

  private async exchange(method: Method, params: object, dtype: FloatDtype | undefined): Promise<unknown> {
    if (this.connection === undefined) throw new TypeError('the session is not open');
    return this.connection.ask(method, params, this.options.requestLimitMs, dtype);
  }
}

/** Whether what was thrown means that the process is of no use any longer. */
export function isBreach(error: unknown): error is SubjectError {
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
