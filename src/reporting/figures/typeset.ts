import type { Run } from './rich-text.ts';
import { richText } from './rich-text.ts';
import type { SvgDocument, SvgElement } from './svg-document.ts';
import { svgElement } from './svg-document.ts';

/** Size of sub- and superscripts over that of the text: the scriptsize of TeX. */
const SCRIPT_SIZE = 0.7;

/** How far they are moved down, in em of the text: TeX lowers by 0.15 – 0.25, raises by 0.36 – 0.41 (cmsy10, σ13 – σ17). */
const SHIFTS: Readonly<Record<Run['shift'], number>> = { none: 0, subscript: 0.2, superscript: -0.38 };

/** A text element from a label in the markup of figures, with symbols in italics and real sub- and superscripts. */
export function typesetText(
  document: SvgDocument,
  label: string,
  attributes: Readonly<Record<string, string | number>> = {},
): SvgElement {
  const element = svgElement(document, 'text', attributes);
  typeset(document, element, label);
  return element;
}

/** Replaces the content of a text element by a label in the markup of figures. */
export function typeset(document: SvgDocument, element: SvgElement, label: string): void {
  element.textContent = '';
  let lowered = 0;
  for (const { text, italic, shift } of richText(label)) {
    const size = shift === 'none' ? 1 : SCRIPT_SIZE;
    // An em of a tspan is that of its own font size.
    const dy = (SHIFTS[shift] - lowered) / size;
    lowered = SHIFTS[shift];
    if (!italic && size === 1 && dy === 0) {
      element.append(text);
      continue;
    }
    element.append(
      svgElement(
        document,
        'tspan',
        {
          ...(italic ? { 'font-style': 'italic' } : {}),
          ...(size === 1 ? {} : { 'font-size': `${100 * size}%` }),
          ...(dy === 0 ? {} : { dy: `${dy.toFixed(3)}em` }),
        },
        [text],
      ),
    );
  }
}
