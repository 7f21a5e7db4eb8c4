/** A stretch of a label in one style. */
export interface Run {
  readonly text: string;
  readonly italic: boolean;
  readonly shift: 'none' | 'subscript' | 'superscript';
}

/**
 * A label in the markup of figures: `*φ_π*` is italic, `_` and `^` lower and raise the next character or the group in
 * braces. What is not closed runs to the end.
 *
 * @example richText('loss, 10^{−4}') // 'loss, 10', then '−4' raised
 */
export function richText(label: string): readonly Run[] {
  const runs: Run[] = [];
  let italic = false;
  for (const [part] of label.matchAll(/\*|[_^](?:\{[^}]*\}?|[^{*])|[_^]|[^*_^]+/gu)) {
    if (part === '*') {
      italic = !italic;
      continue;
    }
    const isShifted = part.length > 1 && (part.startsWith('_') || part.startsWith('^'));
    const shift = !isShifted ? 'none' : part.startsWith('_') ? 'subscript' : 'superscript';
    const text = isShifted ? part.slice(1).replace(/^\{([^}]*)\}?$/u, '$1') : part;
    if (text !== '') runs.push({ text, italic, shift });
  }
  return runs;
}

/** The same label without markup, for titles and for screen readers: `φ_π` stays as it is, `*β*` is β. */
export function plainText(label: string): string {
  return label.replaceAll('*', '').replaceAll(/([_^])\{([^}]*)\}/gu, '$1$2');
}
