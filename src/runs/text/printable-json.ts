/** Of what JSON may leave as it is: the control characters behind ASCII, and what turns the direction of text. */
const OBEYED = /[\u007f-\u009f]|\p{Cf}/gu;

/** A JSON text in which every character that a terminal would obey is written as an escape; it means the same. */
export function printableJson(text: string): string {
  return text.replace(OBEYED, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
