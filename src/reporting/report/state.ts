import { z } from 'zod';

/**
 * What became of something that was judged. `failed`: it is wrong; `suspect`: it may be right, and this does not decide it;
 * `remark`: worth knowing; `accepted`: found, and someone stands for it; `not-checked`: nothing is known of it.
 */
export const STATES = ['failed', 'suspect', 'remark', 'accepted', 'not-checked', 'passed'] as const;

export const stateSchema = z.enum(STATES).describe('what became of it');
export type State = z.output<typeof stateSchema>;
