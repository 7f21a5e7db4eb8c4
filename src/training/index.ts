export * from './nk/index.ts';
export * from './record-reads.ts';
