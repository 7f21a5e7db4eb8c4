import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeFolderAt, notWritable } from './atomic-write.ts';

/** A file that is written piece by piece, and has its name once all of it is there. */
export class AtomicFile {
  private readonly file: string;
  private readonly temporary: string;
  private readonly descriptor: number;
  private isOpen = true;

  /** @throws InputError `not-writable`, `disk-full` */
  constructor(file: string) {
    this.file = file;
    this.temporary = join(dirname(resolve(file)), `.${randomBytes(6).toString('hex')}.tmp`);
    this.descriptor = this.attempt(() => {
      makeFolderAt(dirname(resolve(file)));
      return openSync(this.temporary, 'wx');
    });
  }

  /** @throws InputError `not-writable`, `disk-full`; nothing stays then. */
  append(content: string): void {
    this.attempt(() => {
      writeFileSync(this.descriptor, content);
    });
  }

  /** Gives the file its name. @throws InputError `not-writable`, `disk-full`; nothing stays then. */
  commit(): void {
    this.attempt(() => {
      fsyncSync(this.descriptor);
      closeSync(this.descriptor);
      renameSync(this.temporary, resolve(this.file));
      this.isOpen = false;
    });
  }

  /** Leaves nothing behind; after `commit` it does nothing. */
  discard(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    rmSync(this.temporary, { force: true });
  }

  private attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.discard();
      throw notWritable(this.file, error);
    }
  }
}
