import { basename } from 'node:path';
import { recordAt } from '../../../training/tensorboard/record.ts';
import { ByteWindow } from '../../binary/byte-window.ts';
import type { Candidate, Format } from '../../format.ts';
import type { RunSink, RunsSink } from '../../row.ts';
import type { Event } from './event.ts';
import { eventOf } from './event.ts';
import { eachRecord } from './records.ts';
import { EventReader } from './event-reader.ts';

/** The seconds at which a file was begun stand in its name: `events.out.tfevents.1700000000.host`. */
const NAME = /tfevents\.(\d+)/;

/** Enough for the first event, which holds a time and a version. */
const FIRST_BYTES = 1024;

/** Event files as TensorFlow, PyTorch, tensorboardX and this program write them; those of one folder are one run. */
export const tensorboard: Format = {
  name: 'tensorboard',
  title: 'TensorBoard event files',
  // A file whose first record is damaged is known by its name.
  recognises: ({ path, head, size }: Candidate) =>
    size > 0 && (NAME.test(basename(path)) || firstEvent(head)?.version?.startsWith('brain.Event:') === true),
  oneRunAFolder: true,
  read: readFiles,
};

function firstEvent(head: Buffer): Event | undefined {
  const record = recordAt(head, 0);
  if (record === undefined) return undefined;
  try {
    return eventOf(record.data);
  } catch {
    return undefined;
  }
}

async function readFiles(paths: readonly string[], sink: RunsSink): Promise<void> {
  const run = sink.run();
  const reader = new EventReader(run);
  let last: { readonly file: string; readonly to: number } | undefined;
  for (const file of await inOrder(paths)) {
    const written = await readFile(file, reader, run);
    if (written === undefined) continue;
    if (last !== undefined && written.from < last.to) {
      const what = `it was begun before ${JSON.stringify(basename(last.file))} was ended; read one behind the other`;
      run.problem({ kind: 'written-together', place: { file }, what });
    }
    if (last === undefined || written.to > last.to) last = { file, to: written.to };
  }
}

/** Files in the order in which they were begun, by their first event, or else by their names. */
async function inOrder(paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 1) return paths;
  const begun: { file: string; time: number }[] = [];
  for (const file of paths) {
    let time = Number(NAME.exec(basename(file))?.[1] ?? Infinity);
    await ByteWindow.use(file, async (window) => {
      await window.reach(0, FIRST_BYTES);
      time = firstEvent(window.bytes)?.wallTime ?? time;
    });
    begun.push({ file, time });
  }
  const byName = ({ file }: { file: string }, other: { file: string }): number =>
    file.localeCompare(other.file, 'en', { numeric: true });
  return begun
    .sort((a, b) => (a.time === b.time ? byName(a, b) : a.time < b.time ? -1 : 1))
    .map(({ file }) => file);
}

/** Reads one file; from when to when its numbers were written, where they have a time. */
async function readFile(
  file: string,
  reader: EventReader,
  run: RunSink,
): Promise<{ readonly from: number; readonly to: number } | undefined> {
  let from = Infinity;
  let to = -Infinity;
  await ByteWindow.use(file, async (window) => {
    await eachRecord(
      file,
      window,
      (data, byte) => {
        const wallTime = reader.take(data, { file, byte });
        if (wallTime === undefined) return;
        if (wallTime < from) from = wallTime;
        if (wallTime > to) to = wallTime;
      },
      (problem) => {
        run.problem(problem);
      },
    );
  });
  return from <= to ? { from, to } : undefined;
}
