import type { Law, LawText } from '../law.ts';
import type { Measurement } from '../measurement.ts';
import { same } from '../measurement.ts';
import type { Operation } from '../operation.ts';
import type { Subject } from '../subject.ts';
import type { TensorValue } from '../tensor-value.ts';
import { typeOf } from '../tensor-value.ts';
import { SubjectError } from '../../errors.ts';
import type { SubjectSession } from './subject-session.ts';
import type { FloatDtype } from '../tensor-value.ts';
import { META_DEVICE } from './messages.ts';

/** What the law on the device `meta` says; its cases are those of the laws that the subject has operations for. */
export const META_DEVICE_LAW = {
  id: 'subject/meta-device',
  statement:
    'On the device `meta`, which computes shapes and dtypes alone, every operation answers with the types that it answers with where it computes.',
  formula: 'type(f on meta) = type(f on the first device)',
  guards:
    'a tensor that is made on one device inside a computation on another: it fails on the first machine with a GPU, or moves there and back in every step',
  suspects:
    'tensors made without `device=`; `.cpu()`, `.item()`, `.numpy()` and branches on values inside the model',
  oracle: 'symmetry',
  bound: 'none: types are equal or not',
  needs: [],
} as const satisfies LawText;

/** Types of what an operation answers on another device, by their places in the answer; or why there is no answer. */
export type TypesOnDevice = (
  operation: Operation,
  input: unknown,
) => Promise<Readonly<Record<string, string>> | string>;

/** Why the law says nothing of a subject. */
export const NOT_ASKED =
  'no answer with a tensor was asked for on meta: numbers have no device, and objects are asked on one device only';

/** The law on `meta` in the cases of another law, each of whose calls is made on both devices. */
export function metaDeviceLaw<Case>(
  law: Law<Case>,
  typesOn: TypesOnDevice,
  subject: Pick<Subject, 'has'>,
): Law<Case> {
  return {
    ...META_DEVICE_LAW,
    needs: law.needs,
    cases: law.cases,
    async judge(sample, bench) {
      const measured: Measurement[] = [];
      await law.judge(sample, {
        ...bench,
        async call(operation, input) {
          const answer = await bench.call(operation, input);
          if (subject.has(operation))
            measured.push(...compared(operation, answer, await typesOn(operation, input)));
          return answer;
        },
      });
      // Numbers have no type to compare; whoever asks counts what was compared.
      return measured.length > 0 ? measured : [{ quantity: 'answers on meta', measured: 0, allowed: 0 }];
    },
  };
}

/** Asks a subject on `meta`. */
export function typesOnMeta(
  session: SubjectSession,
  dtype: FloatDtype,
  nameOf: (operation: Operation) => string,
): TypesOnDevice {
  return async (operation, input) => {
    const params = { operation: nameOf(operation), input, dtype, device: META_DEVICE };
    try {
      return typesIn(await session.ask('call', params, dtype));
    } catch (error) {
      if (error instanceof SubjectError && error.code === 'subject-raised')
        return `raised: ${(error.story.given ?? error.message).split('\n')[0] ?? ''}`;
      throw error;
    }
  };
}

function compared(
  operation: Operation,
  answer: unknown,
  types: Readonly<Record<string, string>> | string,
): readonly Measurement[] {
  if (typeof types === 'string') return [same(`${operation.name} on meta`, types, 'an answer')];
  return Object.entries(typesIn(answer)).map(([place, type]) =>
    same(`type of ${operation.name}${place} on meta`, types[place] ?? 'nothing', type),
  );
}

/** `.zeta` → `float32[3]`, for each tensor of an answer. */
export function typesIn(answer: unknown, at = ''): Readonly<Record<string, string>> {
  if (typeof answer !== 'object' || answer === null || ArrayBuffer.isView(answer)) return {};
  if ('dtype' in answer && 'shape' in answer) return { [at]: typeOf(answer as TensorValue) };
  return Object.assign(
    {},
    ...Object.entries(answer).map(([key, entry]) => typesIn(entry, `${at}.${key}`)),
  ) as Record<string, string>;
}
