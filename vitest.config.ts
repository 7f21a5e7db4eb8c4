import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (file: string): string => fileURLToPath(new URL(`./src/${file}`, import.meta.url));

export default defineConfig({
  resolve: {
    // Examples import the package by its name, as its users do.
    alias: [
      { find: /^plumbline$/, replacement: source('index.ts') },
      { find: /^plumbline\/vitest$/, replacement: source('vitest.ts') },
    ],
  },
  test: {
    include: ['spec/**/*.spec.ts', 'examples/**/*.spec.ts'],
    // One engine a process: tfjs keeps its backend and its tape in a process-wide singleton.
    pool: 'forks',
    testTimeout: 60_000,
  },
});
