export * from './environment.ts';
export * from './environments/index.ts';
