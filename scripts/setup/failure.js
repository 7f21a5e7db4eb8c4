/** A set-up that cannot go on: what failed, and what to do about it. Ends the script with exit code 2. */
export class SetupFailure extends Error {
  /**
   * @param {string} what
   * @param {string} todo
   * @param {string} [details] the last words of the program that failed
   */
  constructor(what, todo, details = '') {
    super([what, ...(details === '' ? [] : [indented(details)]), `  to do: ${todo}`].join('\n'));
    this.name = 'SetupFailure';
  }
}

function indented(text) {
  return text
    .trim()
    .split('\n')
    .slice(-12)
    .map((line) => `  | ${line}`)
    .join('\n');
}
