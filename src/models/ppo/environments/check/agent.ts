import type { Stream } from '../../../../numerics/stream.ts';
import type { ActionSpace } from '../../environment.ts';

/** How many numbers the row of an action is. */
export function actionLength(actions: ActionSpace): number {
  return actions.kind === 'discrete' ? 1 : actions.low.length;
}

/** Writes an action at random: each discrete one alike, uniform between finite bounds, standard normal without bounds. */
export function drawAction(actions: ActionSpace, action: Float32Array, random: Stream): void {
  if (actions.kind === 'discrete') {
    action[0] = random.integer(0, actions.count - 1);
    return;
  }
  for (const [i, low] of actions.low.entries()) {
    const high = actions.high[i] ?? Number.NaN;
    action[i] = Number.isFinite(low) ? low + (high - low) * random.uniform() : random.normal();
  }
}

/** Whether an action may be taken; at a bound single precision may be an ulp outside. */
export function isAllowed(actions: ActionSpace, action: Float32Array): boolean {
  if (actions.kind === 'discrete') {
    const [index = Number.NaN] = action;
    return Number.isInteger(index) && index >= 0 && index < actions.count;
  }
  return action.every((value, i) => {
    const [low, high] = [actions.low[i] ?? Number.NaN, actions.high[i] ?? Number.NaN];
    return (
      !Number.isNaN(value) &&
      Number.isFinite(value) &&
      value >= Math.fround(low) &&
      value <= Math.fround(high)
    );
  });
}
