import type * as tf from '@tensorflow/tfjs';
import { InputError, SubjectError } from '../errors.ts';

/** A tensor on the host, bit for bit, row-major. */
export interface SavedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A run between two steps, on the host: all that its further steps depend on beside model, configuration and seed. */
export interface SavedState {
  /** Steps taken: of the gradient, or of environments. */
  readonly step: number;
  readonly numbers: Readonly<Record<string, number>>;
  readonly tensors: Readonly<Record<string, SavedTensor>>;
}

/**
 * Reads a tensor from the engine.
 *
 * @throws SubjectError `state-dtype` for a tensor that is not float32.
 */
export async function saveTensor(tensor: tf.Tensor): Promise<SavedTensor> {
  if (tensor.dtype !== 'float32') {
    throw new SubjectError({
      code: 'state-dtype',
      what: 'a tensor that a run goes on from is not single precision',
      given: tensor.dtype,
      expected: 'float32',
    });
  }
  // A copy, since an engine may hand out memory that it uses again.
  return { shape: [...tensor.shape], data: Float32Array.from(await tensor.data<'float32'>()) };
}

/**
 * The saved tensor of this name, which must have this many elements.
 *
 * @throws InputError `state-unusable`
 */
export function tensorIn({ tensors }: SavedState, name: string, size: number): SavedTensor {
  const saved = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
  if (saved?.data.length === size) return saved;
  throw unusable(
    saved === undefined ? `no ${name}` : `${name} with ${saved.data.length} elements`,
    `${name} with ${size} elements`,
  );
}

/**
 * The saved number of this name.
 *
 * @throws InputError `state-unusable`
 */
export function numberIn({ numbers }: SavedState, name: string): number {
  const saved = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
  if (saved !== undefined) return saved;
  throw unusable(`no ${name}`, `the number ${name}`);
}

function unusable(given: string, expected: string): InputError {
  return new InputError({
    code: 'state-unusable',
    what: 'a run cannot go on from what was saved of it',
    given,
    expected,
    todo: 'resume with the configuration and the version that the run began with',
  });
}

/**
 * Refuses a state with a number that is not finite: a run that goes on from it is lost.
 *
 * @throws SubjectError `non-finite-state`, naming the number or the tensor.
 */
export function requireFiniteState({ step, numbers, tensors }: SavedState): void {
  const lost = (given: string): SubjectError =>
    new SubjectError({
      code: 'non-finite-state',
      what: `after step ${step - 1} the run holds a number that is not finite, and is lost`,
      given,
      expected: 'finite numbers',
      todo: 'lower the learning rate, or look for a division or a power of what may be 0',
    });
  for (const [name, value] of Object.entries(numbers))
    if (!Number.isFinite(value)) throw lost(`${name} = ${value}`);
  for (const [name, { data }] of Object.entries(tensors)) {
    const index = data.findIndex((value) => !Number.isFinite(value));
    if (index >= 0) throw lost(`${name}[${index}] = ${data[index] ?? ''}`);
  }
}
