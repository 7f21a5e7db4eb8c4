import { parseHTML } from 'linkedom';

/** The part of a DOM element that figures use; the package needs no types of a browser. */
export interface SvgElement {
  readonly tagName: string;
  readonly outerHTML: string;
  textContent: string | null;
  readonly children: Iterable<SvgElement>;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(...children: readonly (SvgElement | string)[]): void;
  remove(): void;
  querySelectorAll(selector: string): Iterable<SvgElement>;
}

export interface SvgDocument {
  createElementNS(namespace: string, name: string): SvgElement;
}

/** An empty document of its own: two figures share nothing. */
export function svgDocument(): SvgDocument {
  // The types of linkedom are those of a browser, which this project is compiled without.
  const window = parseHTML('<!doctype html><html><body></body></html>') as { readonly document: SvgDocument };
  return window.document;
}

/** An SVG element with attributes (numbers to a thousandth of a unit) and children. */
export function svgElement(
  document: SvgDocument,
  name: string,
  attributes: Readonly<Record<string, string | number>> = {},
  children: readonly (SvgElement | string)[] = [],
): SvgElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, typeof value === 'number' ? rounded(value) : value);
  }
  element.append(...children);
  return element;
}

/** A coordinate to a thousandth, a thirtieth of what a printer can resolve at 16 cm: last digits of logarithms differ between machines. */
export function rounded(value: number): string {
  return String(Number(value.toFixed(3)) + 0);
}

const COORDINATES = new Set(['d', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'dx', 'dy']);

/** Rounds all coordinates below an element. */
export function roundCoordinates(element: SvgElement): void {
  for (const { name, value } of [...element.attributes]) {
    if (!COORDINATES.has(name)) continue;
    const shorter = value.replaceAll(/-?\d+\.\d+(?:e-?\d+)?/gu, (number) => rounded(Number(number)));
    if (shorter !== value) element.setAttribute(name, shorter);
  }
  for (const child of element.children) roundCoordinates(child);
}
