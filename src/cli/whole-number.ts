import { InputError } from '../errors.ts';

/** @throws InputError `option-invalid` when the value of the flag is not a whole number. */
export function wholeNumber(flag: string, value: unknown): number {
  if (typeof value === 'string' && /^-?\d+$/.test(value) && Number.isSafeInteger(Number(value)))
    return Number(value);
  throw new InputError({
    code: 'option-invalid',
    what: `the option ${flag} cannot be used as it was given`,
    given: String(value),
    expected: 'a whole number',
  });
}
