import type { Readable } from 'node:stream';
import { PlumblineError } from '../../errors.ts';
import { parseInput } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { OPERATIONS } from '../operations.ts';
import type { Subject } from '../subject.ts';
import { LineReader } from './line-reader.ts';
import type { Failure, HelloResult } from './messages.ts';
import { ERROR_CODES, PROTOCOLS, request } from './messages.ts';
import { fromWire, toWire } from './wire.ts';

/** What a subject that is served says of itself beside its name and operations. */
export type ServedFacts = Pick<HelloResult, 'language' | 'runtime' | 'devices' | 'deterministic'>;

/** Codes of a `SubjectError` that say what is wrong with the answer, not with the question. */
const RAISED = ['subject-crashed', 'operation-output'];

/**
 * Answers for a subject of this process by the protocol, until its input ends: the other side of `SubjectSession`, and how a
 * model in TypeScript is gated from outside.
 */
export async function serveSubject(
  subject: Subject,
  facts: ServedFacts,
  { input, output }: { readonly input: Readable; readonly output: { write(text: string): unknown } },
): Promise<void> {
  const operations = OPERATIONS.filter((operation) => subject.has(operation));
  const hello: HelloResult = {
    protocol: PROTOCOLS[0],
    name: subject.name,
    ...facts,
    operations: operations.map(({ name }) => name),
    dtypes: [subject.floats ?? 'float32'],
  };
  const reader = new LineReader(Infinity);
  const answer = async (line: string): Promise<void> => {
    if (line.trim() === '') return;
    output.write(`${JSON.stringify(await answerTo(line, subject, operations, hello))}\n`);
  };
  for await (const chunk of input) {
    for (const line of reader.read(chunk as Buffer) ?? []) await answer(line);
  }
  // The last line of a file may have no line break.
  await answer(reader.rest());
}

async function answerTo(
  line: string,
  subject: Subject,
  operations: readonly Operation[],
  hello: HelloResult,
): Promise<object> {
  let id: number | null = null;
  try {
    const json: unknown = JSON.parse(line);
    const parsed = request.safeParse(json);
    if (typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'number')
      id = json.id;
    if (!parsed.success)
      return { jsonrpc: '2.0', id, error: failure(ERROR_CODES.methodNotFound, parsed.error.message) };
    return { jsonrpc: '2.0', id, result: toWire(await resultOf(parsed.data)) };
  } catch (error) {
    return { jsonrpc: '2.0', id, error: failureOf(error) };
  }

  async function resultOf({ method, params }: ReturnType<typeof request.parse>): Promise<unknown> {
    if (method === 'hello') return hello;
    if (method === 'echo') return { value: fromWire(params.value) };
    if (method === 'release') {
      await subject.release?.(params.object);
      return {};
    }
    const operation = operations.find(({ name }) => name === params.operation);
    if (operation === undefined) throw new MissingOperation(params.operation);
    return subject.call(operation, parseInput(operation, fromWire(params.input)));
  }
}

class MissingOperation extends Error {
  constructor(name: string) {
    super(`there is no operation ${name}`);
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof MissingOperation) return failure(ERROR_CODES.operationMissing, error.message);
  if (error instanceof PlumblineError && !RAISED.includes(error.code))
    return { ...failure(ERROR_CODES.refused, error.message), data: { code: error.code } };
  const message = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Error ? error.stack : undefined;
  return { ...failure(ERROR_CODES.raised, message), ...(trace === undefined ? {} : { data: { trace } }) };
}

function failure(code: number, message: string): Failure {
  return { code, message };
}
