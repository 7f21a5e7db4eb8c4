export * from './bewley/index.ts';
export * from './nk/index.ts';
export * from './loop.ts';
export * from './record-reads.ts';
