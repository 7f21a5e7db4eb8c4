/** What Python and JavaScript programs write for numbers that JSON does not know; strings are matched first, to be left alone. */
const TOKENS = /"(?:[^"\\]|\\.)*(?:"|$)|-?\b(?:NaN|nan|Infinity|inf)\b/g;

/** By its text, a number that no JSON has: as a token, or as the string that Weights & Biases writes. */
const NUMBERS: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  nan: Number.NaN,
  Infinity: Infinity,
  inf: Infinity,
  '-NaN': Number.NaN,
  '-nan': Number.NaN,
  '-Infinity': -Infinity,
  '-inf': -Infinity,
};

/** As Python and JavaScript write numbers. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A number that is written as a string. */
export function numberInText(text: string): number | undefined {
  if (Object.hasOwn(NUMBERS, text)) return NUMBERS[text];
  return NUMBER.test(text) ? Number(text) : undefined;
}

/**
 * What a JSON text says, `NaN` and `Infinity` included, which Python writes and JSON does not know; they come as strings.
 *
 * @throws SyntaxError
 * @example parseJson('{"loss": NaN}') // { loss: 'NaN' }
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const quoted = text.replace(TOKENS, (token) => (token.startsWith('"') ? token : `"${token}"`));
    if (quoted === text) throw error;
    return JSON.parse(quoted);
  }
}
