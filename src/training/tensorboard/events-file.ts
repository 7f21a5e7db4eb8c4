import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppendLog } from '../run-directory/append-log.ts';
import { scalarsEvent, stepOf, versionEvent } from './event.ts';
import { recordAt, recordOf } from './record.ts';

/** By this in a file's name TensorBoard knows it. */
const PREFIX = 'events.out.tfevents.';

/** The scalars of a run for TensorBoard. */
export class EventsFile {
  private readonly log: AppendLog;

  /**
   * Begins a file in a folder, or goes on with the one that is there after the events whose steps are to be kept.
   *
   * @throws InputError `not-writable`, `disk-full`
   */
  constructor(folder: string, keeps: (step: number) => boolean) {
    const there = existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.startsWith(PREFIX))
          .sort()
          .at(-1)
      : undefined;
    const seconds = Date.now() / 1000;
    const file = join(folder, there ?? `${PREFIX}${Math.floor(seconds)}.plumbline`);
    const bytes = there === undefined ? 0 : bytesWhile(readFileSync(file), keeps);
    this.log = new AppendLog(file, bytes);
    if (bytes === 0) this.log.append(recordOf(versionEvent(seconds)));
  }

  /** @throws InputError `not-writable`, `disk-full` */
  append(step: number, scalars: Readonly<Record<string, number>>): void {
    this.log.append(recordOf(scalarsEvent(Date.now() / 1000, step, scalars)));
  }

  sync(): void {
    this.log.sync();
  }

  close(): void {
    this.log.close();
  }
}

/** Bytes of the first records: up to one that is damaged, or whose step is not to be kept. */
function bytesWhile(file: Buffer, keeps: (step: number) => boolean): number {
  let bytes = 0;
  for (;;) {
    const record = recordAt(file, bytes);
    const step = record === undefined ? undefined : stepOf(record.data);
    if (record === undefined || (step !== undefined && !keeps(step))) return bytes;
    bytes = record.end;
  }
}
