/** Text of a log, without what a terminal would obey. */
export function printable(text: string): string {
  return text.replace(
    // Control characters, and those that turn the direction of what follows.
    /\p{Cc}|\p{Cf}/gu,
    (character) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`,
  );
}
