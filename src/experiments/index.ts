export * from './combinations.ts';
export * from './comparison.ts';
export * from './decomposition.ts';
export * from './estimate.ts';
export * from './plan.ts';
export * from './quantity.ts';
export * from './report.ts';
export * from './verdict.ts';
