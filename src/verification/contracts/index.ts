export * from './bewley-ability.ts';
export * from './bewley.ts';
export * from './bewley-network.ts';
export * from './engine.ts';
export * from './nk.ts';
export * from './normaliser.ts';
export * from './training.ts';
