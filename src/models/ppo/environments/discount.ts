import { InputError } from '../../../errors.ts';

/**
 * The discount factor, for an environment whose optimum depends on it.
 *
 * @throws InputError `environment-discount` unless it is above 0 and below 1: without end, nothing else has a value.
 */
export function inheritedDiscount(name: string, discount: number): number {
  if (discount > 0 && discount < 1) return discount;
  throw new InputError({
    code: 'environment-discount',
    what: `the environment ${name} has no optimum at this discount factor`,
    given: String(discount),
    expected: 'a number above 0 and below 1, since its task never ends',
  });
}
