import { z } from 'zod';
import { handle } from '../contracts/fields.ts';
import { DTYPES } from '../tensor-value.ts';

/*
 * The messages between Plumbline and a subject in another process: JSON-RPC 2.0, one message a line, UTF-8, requests on the
 * subject's standard input and answers on its standard output. Requests come one at a time. A subject ends when its standard
 * input does. What it prints for people goes to standard error.
 */

/** Versions of the protocol that are spoken here, the best first. */
export const PROTOCOLS = [1] as const;

/** What can be wrong with a request, beyond what JSON-RPC names itself. */
export const ERROR_CODES = {
  methodNotFound: -32601,
  /** The subject's own code raised. */
  raised: -32000,
  /** The subject has no such operation. */
  operationMissing: -32001,
  /** The subject refuses the input, as a contract asks for: `data.code` says why (`domain`). */
  refused: -32002,
} as const;

/** Of what a subject names its devices, the one that computes shapes and dtypes alone: its tensors have no data. */
export const META_DEVICE = 'meta';

const floatDtype = z.enum(['float32', 'float64']);

/** A tensor: row-major elements as base64 of their little-endian bytes, `bool` a byte each, 0 or 1; null on `meta`. */
export const wireTensor = z.strictObject({
  dtype: z.enum(DTYPES),
  shape: z.array(z.int().nonnegative()),
  // The length is judged where it is read: a pattern over megabytes is slow.
  data: z.string().meta({ contentEncoding: 'base64' }).nullable(),
});

/** A number; what JSON lacks by name. */
export const wireNumber = z.union([
  z.number(),
  z.strictObject({ $number: z.enum(['-0', 'NaN', 'Infinity', '-Infinity']) }),
]);

/** Who asks, and which versions are understood. */
export const helloParams = z.object({
  protocols: z.array(z.int().positive()).min(1),
  client: z.object({ name: z.string(), version: z.string() }),
});

/** What a subject says of itself. */
export const helloResult = z.object({
  /** The version that it chose. */
  protocol: z.int().positive(),
  name: z.string().min(1),
  version: z.string().optional(),
  /** `Python`, `Julia`; and what runs it, with its version: `CPython 3.11.7, PyTorch 2.13.0`. */
  language: z.string().min(1),
  runtime: z.string().min(1),
  operations: z.array(z.string().min(1)).min(1),
  /** In which it can be asked to compute, its own choice first. */
  dtypes: z.array(floatDtype).min(1),
  /** On which it can be asked to compute, its own choice first. */
  devices: z.array(z.string().regex(/^[^\s@,]+$/, 'a name without blanks, commas and @')).min(1),
  /** Whether the same request has the same answer, bit for bit. */
  deterministic: z.boolean(),
});
export type HelloResult = z.output<typeof helloResult>;

/** One operation on one device in one dtype: float tensors of the input have it already, those that the subject makes must. */
export const callParams = z.object({
  operation: z.string(),
  input: z.record(z.string(), z.unknown()),
  dtype: floatDtype,
  device: z.string(),
});

/** Values that come back as they are, bit for bit: the proof that an adapter reads and writes tensors. */
export const echoParams = z.object({ value: z.unknown() });

/** An object that is not needed any longer. */
export const releaseParams = z.object({ object: handle });

export const request = z.discriminatedUnion('method', [
  message('hello', helloParams),
  message('echo', echoParams),
  message('call', callParams),
  message('release', releaseParams),
]);
export type Method = z.output<typeof request>['method'];

function message<M extends string, P extends z.ZodType>(method: M, params: P) {
  return z.object({ jsonrpc: z.literal('2.0'), id: z.int(), method: z.literal(method), params });
}

const failure = z.object({
  code: z.int(),
  message: z.string(),
  /** A code that a contract names, and where the subject's own code raised. */
  data: z.looseObject({ code: z.string().optional(), trace: z.string().optional() }).optional(),
});
export type Failure = z.output<typeof failure>;

/** An answer: `result` or `error`, under the number of its request; null where the request could not be read. */
export const response = z.union([
  z
    .object({ jsonrpc: z.literal('2.0'), id: z.int(), result: z.unknown() })
    .refine((value) => 'result' in value),
  z.object({ jsonrpc: z.literal('2.0'), id: z.int().nullable(), error: failure }),
]);
export type Response = z.output<typeof response>;
