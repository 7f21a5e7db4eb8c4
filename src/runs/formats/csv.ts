import type { Format } from '../format.ts';
import { readTable } from './table/read-table.ts';
import { isTableOfNumbers } from './table/recognise.ts';

/** What `plumbline runs --csv` writes: many metrics in one column, which are no series of one name. */
const OWN = 'run,metric,canonical,step,';

/** A table with a header: commas, semicolons or tabs between cells. */
export const csv: Format = {
  name: 'csv',
  title: 'CSV tables',
  recognises: (file) =>
    !file.head.toString('latin1', 0, OWN.length).startsWith(OWN) && isTableOfNumbers(file),
  read: async (paths, sink, options) => {
    for (const path of paths) await readTable(path, sink, options);
  },
};
