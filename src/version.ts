import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string() });
const require = createRequire(import.meta.url);

/** The folder of this package: two above the built file, one above the source. */
export function packageRoot(): string {
  return fileURLToPath(new URL(import.meta.url.includes('/dist/') ? '../..' : '..', import.meta.url));
}

/** Plumbline's own version, read from its package.json. */
export function plumblineVersion(): string {
  return packageSchema.parse(JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'))).version;
}

/** Versions that a verdict depends on, for reports and counterexamples. */
export function versions(): Readonly<Record<string, string>> {
  return {
    plumbline: plumblineVersion(),
    node: process.versions.node,
    '@tensorflow/tfjs': versionOf('@tensorflow/tfjs'),
    'fast-check': versionOf('fast-check'),
  };
}

function versionOf(name: string): string {
  return packageSchema.parse(require(`${name}/package.json`)).version;
}
