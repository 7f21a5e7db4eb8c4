import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';

const CHUNK_BYTES = 2 ** 20;

/** A binary file of which a stretch is in memory: it goes on as the reading does, and never holds the whole of a large file. */
export class ByteWindow {
  private readonly handle: FileHandle;
  /** Bytes of the file, as many as it had when it was opened: one that is written to meanwhile has more. */
  size: number;
  /** The stretch in memory. What was taken from it stays as it is when the window goes on. */
  bytes: Buffer = Buffer.alloc(0);
  /** Where in the file the stretch begins. */
  start = 0;

  private constructor(handle: FileHandle, size: number) {
    this.handle = handle;
    this.size = size;
  }

  /**
   * Opens a file for as long as it is used.
   *
   * @throws what the file system throws
   */
  static async use(file: string, read: (window: ByteWindow) => Promise<void>): Promise<void> {
    const handle = await open(file, 'r');
    try {
      await read(new ByteWindow(handle, (await handle.stat()).size));
    } finally {
      await handle.close();
    }
  }

  /** Whether so many bytes at a place of the file are in memory. */
  holds(at: number, bytes: number): boolean {
    return at >= this.start && at + bytes <= this.start + this.bytes.length;
  }

  /** Brings so many bytes at a place of the file into memory, as far as the file has them. */
  async reach(at: number, bytes: number): Promise<void> {
    if (this.holds(at, bytes)) return;
    const wanted = Math.max(0, Math.min(Math.max(bytes, CHUNK_BYTES), this.size - at));
    const next = Buffer.allocUnsafe(wanted);
    let filled =
      at >= this.start ? this.bytes.copy(next, 0, Math.min(at - this.start, this.bytes.length)) : 0;
    while (filled < wanted) {
      const { bytesRead } = await this.handle.read(next, filled, wanted - filled, at + filled);
      // The file has become shorter since it was opened.
      if (bytesRead === 0) this.size = at + filled;
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.bytes = next.subarray(0, filled);
    this.start = at;
  }
}
