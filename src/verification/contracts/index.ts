export * from './bewley.ts';
export * from './engine.ts';
export * from './nk.ts';
export * from './training.ts';
