import { SubjectError } from '../../errors.ts';
import type { FloatDtype } from '../tensor-value.ts';
import type { HelloResult, Method, Response } from './messages.ts';
import { ERROR_CODES, helloResult, PROTOCOLS, response } from './messages.ts';
import type { SubjectEnd } from './subject-process.ts';
import { fromWire, toWire } from './wire.ts';

/** Lines to and from a subject; a protocol fault stands between it and the process. */
export interface Lines {
  readonly standardError: string;
  write(line: string): void;
  next(limitMs: number): Promise<string | SubjectEnd | undefined>;
  takeUnread(): readonly string[];
  close(graceMs: number): Promise<void>;
  stop(): void;
}

/** Codes of a `SubjectError` after which nothing more can be asked of the process. */
export const BROKEN = [
  'subject-died',
  'subject-hung',
  'stdout-chatter',
  'answer-malformed',
  'answer-to-another',
] as const;

/** Of a line that was not expected, the beginning. */
const SHOWN_CHARACTERS = 300;

/**
 * Requests to a subject; one must be answered before the next is made. Whatever breaks the protocol ends the connection: no later answer can be taken for
 * that of another request.
 */
export class Connection {
  private readonly lines: Lines;
  private last = 0;
  private broken: SubjectError | undefined;

  constructor(lines: Lines) {
    this.lines = lines;
  }

  get isBroken(): boolean {
    return this.broken !== undefined;
  }

  get standardError(): string {
    return this.lines.standardError;
  }

  /**
   * @throws SubjectError `subject-died`, `subject-hung`, `stdout-chatter`, `answer-malformed`, `answer-to-another`; or
   * `subject-raised`, or the code with which the subject refuses.
   */
  async ask(method: Method, params: object, limitMs: number, dtype?: FloatDtype): Promise<unknown> {
    if (this.broken !== undefined) throw this.broken;
    this.refuseUnread();
    this.last += 1;
    const id = this.last;
    this.lines.write(JSON.stringify({ jsonrpc: '2.0', id, method, params: toWire(params, dtype) }));
    const line = await this.lines.next(limitMs);
    const answer = this.responseOf(line, id, method, limitMs);
    this.refuseUnread();
    if ('error' in answer) throw failureOf(answer.error, describe(method, params));
    return fromWire(answer.result);
  }

  /** The first request: who is there, and in which version of the protocol. */
  async hello(
    client: { readonly name: string; readonly version: string },
    limitMs: number,
  ): Promise<HelloResult> {
    const result = await this.ask('hello', { protocols: [...PROTOCOLS], client }, limitMs);
    const parsed = helloResult.safeParse(result);
    if (!parsed.success) {
      throw this.breaks({
        code: 'answer-malformed',
        what: 'the subject answered `hello` with something else than what it is',
        given: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
        expected: 'protocol, name, language, runtime, operations, dtypes, devices, deterministic',
        todo: 'the schema is fixtures/schemas/protocol-1.schema.json',
      });
    }
    if (!PROTOCOLS.some((version) => version === parsed.data.protocol)) {
      throw this.breaks({
        code: 'protocol-version',
        what: 'the subject speaks another version of the protocol',
        given: `version ${parsed.data.protocol}`,
        expected: `one of ${PROTOCOLS.join(', ')}`,
        todo: 'use a helper of the version of plumbline that asks',
      });
    }
    return parsed.data;
  }

  async close(graceMs: number): Promise<void> {
    await this.lines.close(graceMs);
  }

  stop(): void {
    this.lines.stop();
  }

  private responseOf(
    line: string | SubjectEnd | undefined,
    id: number,
    method: Method,
    limitMs: number,
  ): Response {
    if (line === undefined) {
      throw this.breaks({
        code: 'subject-hung',
        what: `the subject did not answer \`${method}\` within ${limitMs / 1000} s`,
        given: this.told(),
        todo: 'raise `requestLimitSeconds` in plumbline.yaml if it needs longer',
      });
    }
    if (typeof line === 'object') {
      throw this.breaks({
        code: 'subject-died',
        what: `the subject ended instead of answering \`${method}\` (${line.how})`,
        given: this.told(),
        todo: 'run its command by hand: it must wait for requests on its standard input',
      });
    }
    const json = parsedJson(line);
    if (json === undefined) throw this.chatter(line);
    const parsed = response.safeParse(json);
    if (!parsed.success) {
      throw this.breaks({
        code: 'answer-malformed',
        what: `the subject answered \`${method}\` with something that is no answer of JSON-RPC 2.0`,
        given: shown(line),
        expected: '{"jsonrpc": "2.0", "id": …, "result": …} or the same with "error": {"code", "message"}',
        todo: 'the schema is fixtures/schemas/protocol-1.schema.json',
      });
    }
    if (parsed.data.id !== id) {
      throw this.breaks({
        code: 'answer-to-another',
        what: `the subject answered request ${String(parsed.data.id)} when it was asked ${id}`,
        given: shown(line),
        expected: 'one answer to each request, under its id',
        todo: 'answer requests in turn, each once',
      });
    }
    return parsed.data;
  }

  /** Between requests a subject has nothing to say. */
  private refuseUnread(): void {
    const [line] = this.lines.takeUnread();
    if (line !== undefined) throw this.chatter(line);
  }

  private chatter(line: string): SubjectError {
    return this.breaks({
      code: 'stdout-chatter',
      what: 'the subject printed something that is no answer to its standard output',
      given: shown(line),
      expected: 'answers, one a line, and nothing else',
      todo: 'print for people to standard error (the helper for Python sees to it)',
    });
  }

  private breaks(story: ConstructorParameters<typeof SubjectError>[0]): SubjectError {
    this.broken = new SubjectError(story);
    this.lines.stop();
    return this.broken;
  }

  private told(): string {
    const { standardError } = this.lines;
    return standardError === ''
      ? 'nothing on its standard error'
      : `its standard error ends\n${standardError}`;
  }
}

function parsedJson(line: string): unknown {
  try {
    const json: unknown = JSON.parse(line);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

function failureOf(
  { code, message, data }: Extract<Response, { error: unknown }>['error'],
  asked: string,
): SubjectError {
  if (code === ERROR_CODES.refused) {
    return new SubjectError({ code: data?.code ?? 'refused', what: `${asked} was refused`, given: message });
  }
  if (code === ERROR_CODES.operationMissing || code === ERROR_CODES.methodNotFound) {
    return new SubjectError({
      code: 'operation-missing',
      what: `the subject does not implement ${asked}`,
      given: message,
      todo: 'leave it out of the operations that `hello` lists, or implement it',
    });
  }
  return new SubjectError({
    code: 'subject-raised',
    what: `${asked} raised`,
    given: data?.trace === undefined ? message : `${message}\n${data.trace}`,
    todo: 'run the operation on the printed case under a debugger',
  });
}

function describe(method: Method, params: object): string {
  return 'operation' in params ? String(params.operation) : `\`${method}\``;
}

function shown(line: string): string {
  return line.length <= SHOWN_CHARACTERS ? line : `${line.slice(0, SHOWN_CHARACTERS)} …`;
}
