import type { ActionSpace, Environment } from './environment.ts';

/** Sizes that an environment gives to a network and a batch. */
export interface PpoSizes {
  /** O, numbers of an observation. */
  readonly observations: number;
  /** A: actions to choose from, or numbers of an action. */
  readonly actions: number;
  /** C, components of the reward. */
  readonly rewards: number;
  readonly kind: ActionSpace['kind'];
}

export function sizesOf({
  observations,
  actions,
  rewards,
}: Pick<Environment, 'observations' | 'actions' | 'rewards'>): PpoSizes {
  return {
    observations: observations.length,
    actions: actions.kind === 'discrete' ? actions.count : actions.low.length,
    rewards: rewards.length,
    kind: actions.kind,
  };
}

/** Numbers of an action as an environment takes it: one index, or A numbers. */
export function actionLength({ kind, actions }: PpoSizes): number {
  return kind === 'discrete' ? 1 : actions;
}
