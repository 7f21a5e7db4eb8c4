import { readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { ByteWindow } from '../../binary/byte-window.ts';
import type { Candidate, Folder, Format, ReadOptions } from '../../format.ts';
import type { RunSink, RunsSink } from '../../row.ts';
import { eachRecord, isHead } from './records.ts';
import { RecordReader } from './record-reader.ts';

/** The log of a run in its folder, beside what is made of it. */
const LOG_NAME = /^run-.*\.wandb$/;

/** A log that the program of the user wrote into the same folder. */
const OTHER_LOG = /\.(?:csv|tsv|jsonl|ndjson)$|tfevents/;

/** The file that Weights & Biases writes on the machine of the run; its folder holds one, and files that repeat it. */
export const wandb: Format = {
  name: 'wandb',
  title: 'Weights & Biases run files',
  ownsFolder: ({ files }: Folder) =>
    files.some((name) => LOG_NAME.test(name)) && !files.some((name) => OTHER_LOG.test(name)),
  // A file whose head is damaged is known by its name.
  recognises: ({ path, head, size }: Candidate) => isHead(head) || (size > 0 && extname(path) === '.wandb'),
  read: async (paths, sink, options) => {
    for (const path of paths) {
      if ((await stat(path)).isDirectory()) await readFolder(path, sink, options);
      else await readFile(path, sink.run(), options);
    }
  },
};

async function readFolder(folder: string, sink: RunsSink, options: ReadOptions): Promise<void> {
  const logs = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LOG_NAME.test(entry.name))
    .map(({ name }) => name)
    .sort();
  for (const name of logs) {
    await readFile(join(folder, name), logs.length === 1 ? sink.run() : sink.run(name), options);
  }
}

async function readFile(file: string, run: RunSink, { stepKey }: ReadOptions): Promise<void> {
  const reader = new RecordReader(run, stepKey);
  await ByteWindow.use(file, async (window) => {
    if (window.size === 0) {
      run.problem({ kind: 'file-empty', place: { file }, what: 'there is nothing in it' });
      return;
    }
    await eachRecord(
      file,
      window,
      (data, byte) => {
        reader.take(data, { file, byte });
      },
      (problem) => {
        run.problem(problem);
      },
    );
    reader.end({ file, byte: window.size });
  });
}
