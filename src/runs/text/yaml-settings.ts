import { lstatSync, readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { Problem } from '../problem.ts';
import { isRecord } from './flatten.ts';

/** Settings that somebody wrote are far shorter. */
const MAXIMUM_BYTES = 2 ** 20;

/**
 * Settings in a YAML file beside a log; undefined where there is none, or it is no record, which is reported. Tags that
 * would make objects of a program are ignored.
 */
export function settingsAt(
  file: string,
  problem: (problem: Problem) => void,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const about = lstatSync(file, { throwIfNoEntry: false });
    if (about?.isFile() !== true) return undefined;
    if (about.size > MAXIMUM_BYTES) throw new Error(`${about.size} bytes are no settings`);
    const document = parseDocument(readFileSync(file, 'utf8'), { logLevel: 'silent' });
    const [error] = document.errors;
    if (error !== undefined) throw error;
    const settings: unknown = document.toJS();
    if (settings === null) return undefined;
    if (!isRecord(settings)) throw new Error('not a record of keys and values');
    return settings;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    problem({ kind: 'record-not-understood', place: { file }, what: `${why}; no settings were read` });
    return undefined;
  }
}
