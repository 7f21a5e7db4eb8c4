import type { Format } from '../format.ts';
import { readTable } from './table/read-table.ts';
import { isTableOfNumbers } from './table/recognise.ts';

/** A table with a header: commas, semicolons or tabs between cells. */
export const csv: Format = {
  name: 'csv',
  title: 'CSV tables',
  recognises: isTableOfNumbers,
  read: async (paths, sink, options) => {
    for (const path of paths) await readTable(path, sink.run(), options);
  },
};
