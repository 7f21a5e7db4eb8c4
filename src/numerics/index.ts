export * from './arithmetic.ts';
export * from './gauss-hermite.ts';
export * from './normal-distribution.ts';
export * from './robust.ts';
export * from './running-error.ts';
export * from './stream.ts';
export * from './symbolic.ts';
export * from './tails.ts';
