import type { Benchmark } from '../src/benchmarking/benchmark.ts';
import { EventsFile } from '../src/training/tensorboard/events-file.ts';
import { METRICS, readingOf, rowAt, ROWS } from './read-log.ts';

/** A fifth of the file that must be read in 10 s: 1,000,000 scalars. */
export const readEvents: Benchmark = {
  id: 'read-events',
  summary: 'a TensorBoard file of 10,000 events of 20 scalars is read, checksums and all, and summarised',
  unit: 'log',
  parts: { name: 'scalars', count: ROWS * METRICS },
  engines: ['host'],
  open: async () =>
    readingOf((folder) => {
      const file = new EventsFile(folder, () => true);
      for (let step = 0; step < ROWS; step += 1) file.append(step, rowAt(step));
      file.close();
      return folder;
    }),
};
