import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import { placeText } from '../../../runs/index.ts';
import type { Item, ReportPlace } from '../item.ts';

/** `log.csv, line 3`, with what stands there. */
export function placePart({ what, ...place }: ReportPlace): ElementContent[] {
  const where = h('code', { className: ['place'] }, placeText(place));
  return what === undefined ? [where] : [where, h('small', what)];
}

/** Places of an item that none of its tables shows already. */
export function placesBeside({ places, details }: Item): readonly ReportPlace[] {
  const shown = new Set(details.flatMap((section) => (section.kind === 'table' ? section.rows.flat() : [])));
  return places.filter((place) => !shown.has(placeText(place)));
}
