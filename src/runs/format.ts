import type { RunsSink } from './row.ts';

/** A file that may be a log, by its first bytes. */
export interface Candidate {
  readonly path: string;
  /** Its first bytes, 64 KiB at most. */
  readonly head: Buffer;
  readonly size: number;
}

/** A folder, by the names in it. */
export interface Folder {
  readonly path: string;
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

export interface ReadOptions {
  /** The key that counts steps, where the log has one of an unusual name. */
  readonly stepKey?: string;
  /** No log is begun after it. */
  readonly signal?: AbortSignal;
}

/** One kind of log that people have, and its reader. */
export interface Format {
  /** As in the table of README and in `--json`: `tensorboard`. */
  readonly name: string;
  /** As people call it: `TensorBoard event files`. */
  readonly title: string;
  /** Whether a whole folder is one run of this kind: nothing else in it is looked at then. */
  readonly ownsFolder?: (folder: Folder) => boolean;
  /** Whether a file is of this kind, by its content. */
  readonly recognises?: (file: Candidate) => boolean;
  /** Whether all files of this kind in one folder are one run; each is a run of its own otherwise. */
  readonly oneRunAFolder?: boolean;
  /** The folder of the run that a file is of, where files of one run lie in several folders. */
  readonly runOf?: (path: string) => string;
  /**
   * Reads files (or one folder that it owns) in one pass, with memory that does not grow with their length. What is damaged
   * is reported to the sink; it never throws for what a file holds.
   */
  readonly read: (paths: readonly string[], sink: RunsSink, options: ReadOptions) => Promise<void>;
}
