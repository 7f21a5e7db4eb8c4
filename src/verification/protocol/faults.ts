import type { TensorValue } from '../tensor-value.ts';
import { fromWire, toWire } from './wire.ts';
import type { Lines } from './connection.ts';
import type { SubjectEnd } from './subject-process.ts';

/** What a broken adapter does to the answer of one call: another result, no answer, its death, or a line more. */
type Corruption =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'hang' }
  | { readonly kind: 'crash' }
  | { readonly kind: 'chatter'; readonly line: string };

/** A defect of an adapter, which nothing may take for a subject that holds. */
export interface ProtocolFault {
  readonly id: string;
  readonly summary: string;
  /** As a violation of a law, or as an error of one of these codes. */
  readonly caughtAs: 'violated' | readonly string[];
  /** `previous` is the result of the last call of the same operation. Undefined where there is nothing to spoil. */
  readonly corrupt: (result: unknown, previous: unknown) => Corruption | undefined;
}

export const PROTOCOL_FAULTS: readonly ProtocolFault[] = [
  {
    id: 'protocol/shape-transposed',
    summary: 'shapes are told backwards, and vectors as rows',
    caughtAs: 'violated',
    corrupt: (result) =>
      changed(result, (tensor) => ({
        ...tensor,
        shape: tensor.shape.length === 1 ? [1, ...tensor.shape] : tensor.shape.toReversed(),
      })),
  },
  {
    id: 'protocol/stale-answer',
    summary: 'a call is answered with the result of the one before',
    caughtAs: 'violated',
    corrupt: (_result, previous) =>
      previous === undefined ? undefined : { kind: 'result', result: previous },
  },
  {
    id: 'protocol/element-missing',
    summary: 'the last element of each tensor is lost',
    caughtAs: ['tensor-malformed'],
    corrupt: (result) => changed(result, (tensor) => ({ ...tensor, data: tensor.data.slice(0, -1) })),
  },
  {
    id: 'protocol/dtype-widened',
    summary: 'real numbers come in another precision than they were asked in',
    caughtAs: 'violated',
    corrupt: (result) =>
      changed(result, (tensor) => {
        if (tensor.dtype === 'float32')
          return { ...tensor, dtype: 'float64', data: Float64Array.from(tensor.data) };
        if (tensor.dtype === 'float64')
          return { ...tensor, dtype: 'float32', data: Float32Array.from(tensor.data) };
        return tensor;
      }),
  },
  {
    id: 'protocol/unsupported-reported-ok',
    summary: 'an operation that is not there is answered as if all were well',
    caughtAs: ['operation-output'],
    corrupt: () => ({ kind: 'result', result: {} }),
  },
  {
    id: 'protocol/nonfinite-as-null',
    summary: 'a number that JSON does not have is written as null',
    caughtAs: ['tensor-malformed', 'operation-output'],
    corrupt: (result) => {
      const spoiled = withNulls(result);
      return JSON.stringify(spoiled) === JSON.stringify(result)
        ? undefined
        : { kind: 'result', result: spoiled };
    },
  },
  {
    id: 'protocol/hang',
    summary: 'a call is never answered',
    caughtAs: ['subject-hung'],
    corrupt: () => ({ kind: 'hang' }),
  },
  {
    id: 'protocol/crash',
    summary: 'the process dies of every call',
    caughtAs: ['subject-died'],
    corrupt: () => ({ kind: 'crash' }),
  },
  {
    id: 'protocol/chatter-on-stdout',
    summary: 'something else is printed between the answers',
    caughtAs: ['stdout-chatter'],
    corrupt: () => ({ kind: 'chatter', line: 'epoch 1: loss 0.0312' }),
  },
];

/** Stands between requests and a subject, and spoils its answers to calls while a fault is switched on. */
export class FaultyAdapter {
  private fault: ProtocolFault | undefined;
  private spoiledAnswers = 0;
  private readonly previous = new Map<string, unknown>();

  /** From here on; none for an adapter as it is. */
  switchTo(fault: ProtocolFault | undefined): void {
    this.fault = fault;
    this.spoiledAnswers = 0;
    this.previous.clear();
  }

  /** Whether there was anything to spoil since then: a subject without tensors has no shapes that could be wrong. */
  get hasSpoiled(): boolean {
    return this.spoiledAnswers > 0;
  }

  between(lines: Lines): Lines {
    let operation: string | undefined;
    let waiting: string | undefined;
    return {
      get standardError() {
        return lines.standardError;
      },
      write: (line) => {
        operation = this.fault === undefined ? undefined : operationOf(line);
        lines.write(line);
      },
      next: async (limitMs) => {
        if (waiting !== undefined) {
          const line = waiting;
          waiting = undefined;
          return line;
        }
        const line = await lines.next(limitMs);
        if (
          this.fault === undefined ||
          operation === undefined ||
          typeof line === 'object' ||
          line === undefined
        )
          return line;
        return this.spoiled(lines, operation, line, (rest) => {
          waiting = rest;
        });
      },
      takeUnread: () => {
        if (waiting === undefined) return lines.takeUnread();
        const line = waiting;
        waiting = undefined;
        return [line, ...lines.takeUnread()];
      },
      close: (graceMs) => lines.close(graceMs),
      stop: () => {
        lines.stop();
      },
    };
  }

  private async spoiled(
    lines: Lines,
    operation: string,
    line: string,
    keep: (rest: string) => void,
  ): Promise<string | SubjectEnd | undefined> {
    const answer = answerIn(line);
    if (this.fault === undefined || answer === undefined) return line;
    const corruption = this.fault.corrupt(answer.result, this.previous.get(operation));
    this.previous.set(operation, answer.result);
    if (corruption === undefined) return line;
    this.spoiledAnswers += 1;
    if (corruption.kind === 'result') return JSON.stringify({ ...answer, result: corruption.result });
    if (corruption.kind === 'chatter') {
      keep(line);
      return corruption.line;
    }
    // The process is there and says nothing more: the limit that runs out is the real one, only shorter.
    if (corruption.kind === 'hang') return lines.next(HANG_LIMIT_MS);
    lines.stop();
    return lines.next(HANG_LIMIT_MS);
  }
}

/** Nobody waits a minute for an answer that is known not to come. */
const HANG_LIMIT_MS = 500;

function operationOf(line: string): string | undefined {
  const request = JSON.parse(line) as {
    readonly method: string;
    readonly params: { readonly operation?: string };
  };
  return request.method === 'call' ? request.params.operation : undefined;
}

/** The result with each of its tensors changed; undefined where it has none. */
function changed(result: unknown, change: (tensor: TensorValue) => TensorValue): Corruption | undefined {
  let count = 0;
  const walk = (value: unknown): unknown => {
    if (isTensor(value)) {
      count += 1;
      return change(value);
    }
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, walk(entry)]));
  };
  const spoiled = toWire(walk(fromWire(result)));
  return count === 0 ? undefined : { kind: 'result', result: spoiled };
}

/** Numbers as null, and tensors as lists of null, as a library writes NaN that has no other way. */
function withNulls(value: unknown): unknown {
  if (typeof value === 'number') return null;
  if (Array.isArray(value)) return value.map(withNulls);
  if (typeof value !== 'object' || value === null) return value;
  if ('dtype' in value && 'shape' in value) return { ...value, data: [null] };
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withNulls(entry)]));
}

function isTensor(value: unknown): value is TensorValue {
  return typeof value === 'object' && value !== null && 'data' in value && ArrayBuffer.isView(value.data);
}

/** An answer that there is something to spoil in; of all else the connection itself tells what it is. */
function answerIn(line: string): { readonly result: unknown } | undefined {
  try {
    const json: unknown = JSON.parse(line);
    return typeof json === 'object' && json !== null && 'result' in json
      ? { ...json, result: json.result }
      : undefined;
  } catch {
    return undefined;
  }
}
