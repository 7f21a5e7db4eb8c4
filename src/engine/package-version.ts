import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string() });
const require = createRequire(import.meta.url);

/** The version of an installed npm package; `undefined` where it is not installed. */
export function versionOf(name: string): string | undefined {
  let file: string;
  try {
    file = require.resolve(`${name}/package.json`);
  } catch {
    return undefined;
  }
  return packageSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
