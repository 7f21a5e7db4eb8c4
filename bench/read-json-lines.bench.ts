import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from '../src/benchmarking/benchmark.ts';
import { readingOf, rowAt, ROWS } from './read-log.ts';

/** A hundredth of the log that must be read in 20 s: 1,000,000 rows of 20 metrics. */
export const readJsonLines: Benchmark = {
  id: 'read-json-lines',
  summary: 'a log of 10,000 rows of 20 metrics is read, and summarised',
  unit: 'log',
  parts: { name: 'rows', count: ROWS },
  engines: ['host'],
  open: async () =>
    readingOf(
      (folder) => {
        const file = join(folder, 'log.jsonl');
        const lines = Array.from({ length: ROWS }, (_, step) => JSON.stringify({ step, ...rowAt(step) }));
        writeFileSync(file, `${lines.join('\n')}\n`);
        return file;
      },
      {
        name: 'JSON.parse of every line',
        read: (file) => {
          for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) JSON.parse(line);
        },
      },
    ),
};
