export * from './ability.ts';
export * from './configuration.ts';
