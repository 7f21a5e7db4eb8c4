import type { Stroke } from './series.ts';

/** Wide and blue under thin black dashes, as in the other figures: grey tells them apart as well. */
export const NETWORK: Stroke = { colour: '#4a98cf', width: 3.2 };
export const REFERENCE: Stroke = { colour: '#000', width: 1.2, dash: '5,3.2' };
