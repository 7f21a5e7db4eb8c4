/**
 * Does one step, and prints its name, what it says that it did, and its seconds.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<{ said: string, value: T }>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const started = Date.now();
  process.stdout.write(`· ${name} … `);
  try {
    const { said, value } = await work();
    process.stdout.write(`${said} (${secondsSince(started)})\n`);
    return value;
  } catch (error) {
    process.stdout.write(`failed (${secondsSince(started)})\n`);
    throw error;
  }
}

/** 1234 → `1.2 kB`; 273829956 → `273.8 MB`. */
export function sizeText(bytes) {
  const [unit, size] = bytes >= 1e9 ? ['GB', 1e9] : bytes >= 1e6 ? ['MB', 1e6] : ['kB', 1e3];
  return `${(bytes / size).toFixed(1)} ${unit}`;
}

export function secondsSince(startedMs) {
  return `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;
}
