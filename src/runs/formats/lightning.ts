import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Format } from '../format.ts';
import { settingsAt } from '../text/yaml-settings.ts';
import { readTable } from './table/read-table.ts';
import { tableHeadOf } from './table/recognise.ts';

const SETTINGS = 'hparams.yaml';

/**
 * What CSVLogger of Lightning writes: `metrics.csv`, with the columns epoch and step among the metrics, whose cells are empty
 * where a row logs others; hyperparameters stand in `hparams.yaml` beside it.
 */
export const lightning: Format = {
  name: 'lightning',
  title: 'Lightning metrics.csv',
  recognises: (file) => {
    const { path } = file;
    if (basename(path) !== 'metrics.csv' && !existsSync(join(dirname(path), SETTINGS))) return false;
    const table = tableHeadOf(file);
    return table?.delimiter === ',' && ['epoch', 'step'].every((name) => table.names.includes(name));
  },
  read: async (paths, sink, options) => {
    for (const path of paths) {
      const run = sink.run();
      const settings = settingsAt(join(dirname(path), SETTINGS), (problem) => {
        run.problem(problem);
      });
      if (settings !== undefined) run.config(settings);
      await readTable(path, run, options, 'step');
    }
  },
};
