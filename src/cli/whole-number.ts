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

/** @throws InputError `option-invalid` when the value of the flag is not a whole number above 0. */
export function atLeastOne(flag: string, value: unknown): number {
  return wholeNumberFrom(1, flag, value);
}

/** @throws InputError `option-invalid` when the value of the flag is not a whole number, or is below the least. */
export function wholeNumberFrom(least: number, flag: string, value: unknown): number {
  const number = wholeNumber(flag, value);
  if (number >= least) return number;
  throw new InputError({
    code: 'option-invalid',
    what: `the option ${flag} cannot be used as it was given`,
    given: String(value),
    expected: `a whole number, at least ${least}`,
  });
}
