export * from './evaluate.ts';
export * from './optimum-distance.ts';
export * from './play.ts';
export * from './summary.ts';
