export * from './features.ts';
export * from './initial-outputs.ts';
export * from './network.ts';
export * from './policy.ts';
export * from './trained-policy.ts';
export * from './weights.ts';
