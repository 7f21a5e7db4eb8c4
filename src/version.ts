import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string() });
const require = createRequire(import.meta.url);

/** Plumbline's own version, read from its package.json (two folders above the built file, one above the source). */
export function plumblineVersion(): string {
  const own = import.meta.url.includes('/dist/') ? '../../package.json' : '../package.json';
  return packageSchema.parse(JSON.parse(readFileSync(new URL(own, import.meta.url), 'utf8'))).version;
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
