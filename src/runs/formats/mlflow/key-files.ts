import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSink } from '../../row.ts';

/** Keys of metrics have few groups. */
const MAXIMUM_DEPTH = 8;

/** Metrics that anyone logs, as elsewhere. */
const MAXIMUM_FILES = 10_000;

/** A value of a parameter or a tag is at most 8,000 characters long, says MLflow. */
const MAXIMUM_VALUE_BYTES = 2 ** 16;

/** A file that is called as a key: `metrics/train/loss` is that of `train/loss`. */
export interface KeyFile {
  readonly key: string;
  readonly file: string;
}

/** The files of keys in a folder; those in folders in it are of keys with `/`. A folder that is not there has none. */
export function keyFilesIn(folder: string, run: Pick<RunSink, 'problem'>): readonly KeyFile[] {
  const found: KeyFile[] = [];
  const visit = (path: string, prefix: string, depth: number): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const [key, file] = [prefix + entry.name, join(path, entry.name)];
      if (entry.isSymbolicLink()) {
        run.problem({
          kind: 'link-not-followed',
          place: { file },
          what: 'name what it points to to read it',
        });
      } else if (entry.isDirectory()) {
        if (depth < MAXIMUM_DEPTH) visit(file, `${key}/`, depth + 1);
        else {
          const what = `keys with more than ${MAXIMUM_DEPTH} groups were not read`;
          run.problem({ kind: 'folder-too-deep', place: { file }, what });
        }
      } else if (entry.isFile() && found.length < MAXIMUM_FILES) found.push({ key, file });
      else if (entry.isFile() && found.length === MAXIMUM_FILES) {
        const what = `there are more than ${MAXIMUM_FILES} keys in one folder; others were not read`;
        run.problem({ kind: 'keys-too-many', place: { file: folder }, what });
        return;
      }
    }
  };
  try {
    if (lstatSync(folder).isDirectory()) visit(folder, '', 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      run.problem({ kind: 'file-unreadable', place: { file: folder }, what: String(error) });
    }
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The values of keys, where each file holds one. */
export function valuesIn(folder: string, run: Pick<RunSink, 'problem'>): Readonly<Record<string, string>> {
  const values = Object.create(null) as Record<string, string>;
  for (const { key, file } of keyFilesIn(folder, run)) {
    try {
      const { size } = statSync(file);
      if (size <= MAXIMUM_VALUE_BYTES) values[key] = readFileSync(file, 'utf8').trimEnd();
      else {
        const what = `the value has ${size} bytes, MLflow writes fewer than ${MAXIMUM_VALUE_BYTES}; it was not read`;
        run.problem({ kind: 'line-too-long', place: { file }, what });
      }
    } catch (error) {
      run.problem({ kind: 'file-unreadable', place: { file }, what: String(error) });
    }
  }
  return values;
}
