import * as contracts from './contracts/index.ts';
import type { Operation } from './operation.ts';

/** Every operation of every contract. */
export const OPERATIONS: readonly Operation[] = Object.values(contracts).flatMap((value) =>
  'name' in value ? [value] : [],
);
