import { createHash } from 'node:crypto';
import { z } from 'zod';
import { InputError } from '../../errors.ts';
import type { SavedState, SavedTensor } from '../../models/saved-state.ts';
import type { RunIdentity } from './identity.ts';
import { runIdentitySchema } from './identity.ts';

/** A state that a run can go on from, and the run that it is of. */
export interface Checkpoint {
  readonly identity: RunIdentity;
  readonly state: SavedState;
}

const KIND = 'plumbline checkpoint';
const FORMAT = 1;

const contentSchema = z.strictObject({
  identity: runIdentitySchema,
  step: z.int().nonnegative(),
  numbers: z.record(z.string(), z.number()),
  /** Little-endian single precision, row-major. */
  tensors: z.record(
    z.string(),
    z.strictObject({ shape: z.array(z.int().nonnegative()), float32: z.base64() }),
  ),
});
const fileSchema = z.strictObject({
  kind: z.literal(KIND),
  format: z.int(),
  /** Of the JSON text of the content. */
  sha256: z.string(),
  content: contentSchema,
});

/** A checkpoint as JSON text: equal states give equal bytes. */
export function encodeCheckpoint({ identity, state: { step, numbers, tensors } }: Checkpoint): string {
  const encoded = Object.entries(tensors).map(([name, { shape, data }]) => [
    name,
    { shape, float32: bytesOf(data).toString('base64') },
  ]);
  const content = JSON.stringify({
    identity,
    step,
    numbers,
    tensors: Object.fromEntries(encoded) as unknown,
  });
  return `{"kind":"${KIND}","format":${FORMAT},"sha256":"${sha256(content)}","content":${content}}\n`;
}

/**
 * The checkpoint that was encoded, bit for bit.
 *
 * @throws InputError `checkpoint-corrupt`, `checkpoint-format`
 */
export function decodeCheckpoint(text: string, file: string): Checkpoint {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw corrupt(file, `no JSON (${error instanceof Error ? error.message : String(error)})`, error);
  }
  const format: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'format') : undefined;
  if (typeof format === 'number' && format !== FORMAT) {
    throw new InputError({
      code: 'checkpoint-format',
      what: `${file} is a checkpoint of another version of Plumbline`,
      given: `format ${format}`,
      expected: `format ${FORMAT}`,
      todo: 'resume with the version that wrote it',
    });
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) throw corrupt(file, z.prettifyError(parsed.error).replaceAll('\n', ' '));
  const { content, sha256: told } = parsed.data;
  // Keys and numbers print as they were read.
  const found = sha256(JSON.stringify(Reflect.get(json as object, 'content')));
  if (found !== told)
    throw corrupt(file, `content with the checksum ${found.slice(0, 12)}…, not ${told.slice(0, 12)}…`);
  const { identity, step, numbers, tensors } = content;
  const decoded = Object.entries(tensors).map(
    ([name, { shape, float32 }]) => [name, tensorOf(name, shape, float32, file)] as const,
  );
  return { identity, state: { step, numbers, tensors: Object.fromEntries(decoded) } };
}

function tensorOf(name: string, shape: readonly number[], base64: string, file: string): SavedTensor {
  const bytes = Buffer.from(base64, 'base64');
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== 4 * size)
    throw corrupt(file, `${bytes.length} bytes for the ${size} numbers of ${name}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { shape, data: Float32Array.from({ length: size }, (_, index) => view.getFloat32(4 * index, true)) };
}

function bytesOf(data: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 * data.length);
  data.forEach((value, index) => bytes.writeFloatLE(value, 4 * index));
  return bytes;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function corrupt(file: string, given: string, cause?: unknown): InputError {
  return new InputError({
    code: 'checkpoint-corrupt',
    what: `the checkpoint ${file} is damaged`,
    given,
    expected: 'the file as it was written',
    todo: 'delete it, to resume from the checkpoint before it (the two newest are kept), or restore it from a copy',
    cause,
  });
}
