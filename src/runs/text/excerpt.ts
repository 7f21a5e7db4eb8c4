import { printableJson } from './printable-json.ts';

const EXCERPT_CHARACTERS = 60;

/** The beginning of a text, with characters that a terminal would obey written out. */
export function excerpt(text: string): string {
  const short = text.length > EXCERPT_CHARACTERS ? `${text.slice(0, EXCERPT_CHARACTERS)}…` : text;
  return printableJson(JSON.stringify(short));
}
