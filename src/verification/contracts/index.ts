export * from './bewley-ability.ts';
export * from './bewley.ts';
export * from './bewley-network.ts';
export * from './engine.ts';
export * from './environment-object.ts';
export * from './nk.ts';
export {
  normaliserEmpty,
  normaliserGradient,
  normaliserRun,
  normaliserSaveLoad,
  normaliserTransform,
} from './normaliser.ts';
export * from './normaliser-object.ts';
export * from './ppo-environment.ts';
export * from './ppo-experience.ts';
export * from './ppo-losses.ts';
export * from './ppo-training.ts';
export * from './training.ts';
