import { readdirSync, readFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join, relative } from 'node:path';

/** Addresses of people and hosts, and folders; those of example.org are nobody's. */
const PATTERNS = [
  /[\w.+-]+@(?!example\.)[\w-]+\.\w+/,
  /https?:\/\/(?!example\.)[^\s"']+/,
  /\/(?:home|Users|root|tmp)\/[^\s"']*/,
];

/** Names of users that are words, too. */
const COMMON = ['root', 'user', 'runner', 'node'];

/**
 * What files in a folder, or their names, say about this machine: its name, its user, its paths, addresses.
 *
 * @param {string} folder
 * @param {readonly string[]} paths that must not be in them either
 * @returns {string[]} a line for each trace
 */
export function tracesIn(folder, paths) {
  const { username } = userInfo();
  const words = [hostname(), homedir(), ...paths, ...(COMMON.includes(username) ? [] : [username])];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      const text = `${relative(folder, file)}\n${readFileSync(file, 'latin1')}`;
      const found = [
        ...words.filter((word) => text.includes(word)),
        ...PATTERNS.flatMap((pattern) => pattern.exec(text)?.[0] ?? []),
      ];
      return found.map((trace) => `${relative(folder, file)}: ${trace.slice(0, 80)}`);
    });
}
