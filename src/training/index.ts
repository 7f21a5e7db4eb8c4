export * from './log-row.ts';
export * from './loss-gradient.ts';
export * from './nk.ts';
export * from './observation.ts';
export * from './record-reads.ts';
export * from './step.ts';
export * from './worlds.ts';
