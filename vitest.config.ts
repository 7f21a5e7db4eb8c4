import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

const source = (file: string): string => fileURLToPath(new URL(`./src/${file}`, import.meta.url));

/** What takes minutes, the longest first: begun last, it would leave the other core idle. */
const LONG = ['gate-engines/webgpu', 'gate-engines/cpu', 'gate-engines/tensorflow.', 'gate-engines/wasm'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = LONG.findIndex((name) => moduleId.includes(name));
      return index < 0 ? LONG.length : index;
    };
    return sorted.sort((left, right) => rank(left) - rank(right));
  }
}

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
    globalSetup: ['spec/temporary-folder.ts'],
    // One engine a process: tfjs keeps its backend and its tape in a process-wide singleton.
    pool: 'forks',
    // All of them: a gate on an engine waits for a process of its own.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
  },
});
