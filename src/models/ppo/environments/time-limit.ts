import { z } from 'zod';

/** The key that says after how many steps an episode is cut off. */
export const timeLimit = (steps: number) =>
  z
    .int()
    .positive()
    .default(steps)
    .describe('steps after which an episode is cut off; that is no end of the task, and is bootstrapped');
