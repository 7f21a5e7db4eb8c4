import type { Format } from './format.ts';

/** Files, or one folder, that a format reads together. */
export interface Found {
  readonly format: Format;
  /** What a person would call it: the folder or the file, as it was given or found. */
  readonly path: string;
  readonly paths: readonly string[];
}
