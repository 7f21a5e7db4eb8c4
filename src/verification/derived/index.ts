export { withDerived } from './derived-operation.ts';
export { ENVIRONMENT_OPERATIONS } from './environment.ts';
export { NORMALISER_OPERATIONS } from './normaliser.ts';
