import type { DerivedOperation } from './derived-operation.ts';
import { ENVIRONMENT_OPERATIONS } from './environment.ts';
import { NORMALISER_OPERATIONS } from './normaliser.ts';

export { withDerived } from './derived-operation.ts';

/** Every operation that is answered by way of others. */
export const DERIVED_OPERATIONS: readonly DerivedOperation[] = [
  ...NORMALISER_OPERATIONS,
  ...ENVIRONMENT_OPERATIONS,
];
