import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { makeFolderAt, notWritable } from '../../atomic-write.ts';
import { dirname } from 'node:path';

/** A file that only grows, entry by entry; one that cannot be written whole is not written at all. */
export class AppendLog {
  private readonly file: string;
  private readonly descriptor: number;
  private size: number;

  /**
   * Opens a file, and cuts it to its first `keepBytes`.
   *
   * @throws InputError `not-writable`, `disk-full`
   */
  constructor(file: string, keepBytes: number) {
    this.file = file;
    this.size = keepBytes;
    makeFolderAt(dirname(file));
    this.descriptor = this.attempt(() => openSync(file, keepBytes === 0 ? 'w' : 'r+'));
    this.attempt(() => {
      ftruncateSync(this.descriptor, keepBytes);
    });
  }

  /** @throws InputError `not-writable`, `disk-full`; the file is then as it was. */
  append(entry: Uint8Array | string): void {
    const bytes = typeof entry === 'string' ? Buffer.from(entry) : entry;
    let written = 0;
    this.attempt(() => {
      try {
        while (written < bytes.length) {
          written += writeSync(this.descriptor, bytes, written, bytes.length - written, this.size + written);
        }
      } catch (error) {
        ftruncateSync(this.descriptor, this.size);
        throw error;
      }
    });
    this.size += bytes.length;
  }

  /** Returns when everything is on the disk. */
  sync(): void {
    this.attempt(() => {
      fsyncSync(this.descriptor);
    });
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw notWritable(this.file, error);
    }
  }
}
