export * from './experience.ts';
export * from './gradient.ts';
export * from './log-row.ts';
export * from './observation.ts';
export * from './rollout.ts';
export * from './train.ts';
