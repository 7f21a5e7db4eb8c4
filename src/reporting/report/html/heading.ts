import type { Element } from 'hast';
import { h } from 'hastscript';

/** A heading of a level from 1; HTML has no deeper one than 6. */
export function heading(level: number, text: string): Element {
  return h(`h${Math.min(6, level)}`, text);
}
