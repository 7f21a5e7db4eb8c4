export * from './batch.ts';
export * from './gradient.ts';
export type { BewleyLogRow } from './log-row.ts';
export * from './observation.ts';
export * from './step.ts';
export * from './train.ts';
