import type { Format } from '../format.ts';
import { readTable } from './table/read-table.ts';
import { tableHeadOf } from './table/recognise.ts';

const STEP = 'time/total_timesteps';

/**
 * What the CSV logger of Stable-Baselines3 writes: a row a dump, cells empty where nothing was logged. The file is written
 * anew whenever a metric is logged for the first time, so that one header heads all.
 */
export const sb3Progress: Format = {
  name: 'sb3-progress',
  title: 'Stable-Baselines3 progress.csv',
  recognises: (file) => tableHeadOf(file)?.names.includes(STEP) === true,
  read: async (paths, sink, options) => {
    for (const path of paths) await readTable(path, sink.run(), options, STEP);
  },
};
