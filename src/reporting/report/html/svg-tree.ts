import type { Element, ElementContent } from 'hast';
import { s } from 'hastscript';
import type { SvgElement } from '../../figures/svg-document.ts';

/** Text and elements, which is all that figures are made of. */
interface Parent {
  readonly childNodes: Iterable<SvgElement & { readonly nodeType: number }>;
}

const ELEMENT = 1;

/** A hundredth of a pixel is seen by nobody, and takes a third less than the thousandth of printed figures. */
const NUMBER = /-?\d+\.\d{3,}/gu;

/** What was drawn, as part of a page: the labels that the plot library sets are no names for a reader, but classes. */
export function svgTree(element: SvgElement): Element {
  const attributes = Object.fromEntries(
    [...element.attributes].flatMap(({ name, value }) => {
      if (name === 'aria-label') return [['class', value]];
      if (name.startsWith('aria-') || name === 'style') return [];
      return [[name, value.replaceAll(NUMBER, (number) => String(Number(Number(number).toFixed(2))))]];
    }),
  ) as Readonly<Record<string, string>>;
  return s(element.tagName, attributes, childrenOf(element as SvgElement & Parent));
}

function childrenOf({ childNodes }: Parent): ElementContent[] {
  return [...childNodes].map((child) =>
    child.nodeType === ELEMENT ? svgTree(child) : { type: 'text', value: child.textContent ?? '' },
  );
}
