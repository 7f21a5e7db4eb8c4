export * from './log-row.ts';
export * from './loss-gradient.ts';
export * from './observation.ts';
export * from './step.ts';
export * from './train.ts';
export * from './worlds.ts';
