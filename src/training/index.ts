export * from './bewley/index.ts';
export * from './loop.ts';
export * from './nk/index.ts';
export * from './ppo/index.ts';
export * from './record-reads.ts';
