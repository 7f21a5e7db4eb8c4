/** A number as text, with a true minus sign. */
export function minus(text: string): string {
  return text.replaceAll('-', '−');
}
