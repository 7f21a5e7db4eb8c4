import type { Place } from './place.ts';

/**
 * What each problem of a log is called, and what it means for the reading. A problem of the first kinds leaves the reading
 * incomplete; those that are only `noted` leave nothing out.
 */
export const PROBLEM_KINDS = {
  'file-empty': { summary: 'a file without content', lost: true },
  'file-unreadable': { summary: 'a file that cannot be opened or read', lost: true },
  'format-unknown': { summary: 'a file that no reader recognises', lost: true },
  'encoding-unknown': { summary: 'text that is not UTF-8', lost: true },
  'line-too-long': { summary: 'a line that is longer than any log has', lost: true },
  'record-not-understood': { summary: 'a line or record that is not what its format asks for', lost: true },
  'record-cut-off': { summary: 'the file ends in the middle of a record', lost: true },
  'not-ended': {
    summary: 'a log without the mark with which its writer ends it: the run goes on, or broke off',
    lost: false,
  },
  'checksum-wrong': { summary: 'a record whose checksum does not fit its bytes', lost: true },
  'cells-missing': { summary: 'a row with fewer or more cells than its header', lost: true },
  'list-not-read': { summary: 'a second list of records in one file', lost: true },
  'lists-unequal': { summary: 'lists of one object that are not equally long', lost: false },
  'step-missing': { summary: 'a row that names no step, read under the step before it', lost: false },
  'step-key-absent': {
    summary: 'a log without the key that was to count its steps',
    lost: false,
  },
  'steps-are-rows': { summary: 'no column of steps: rows are counted instead', lost: false },
  'steps-within-epochs': { summary: 'steps that begin again in each epoch, counted on', lost: false },
  'steps-fall': { summary: 'steps that fall from row to row', lost: false },
  'header-changed': { summary: 'a header in the middle of the file, read as the new header', lost: false },
  'comments-skipped': { summary: 'comments in a table', lost: false },
  'names-open': { summary: 'a header that leaves open what some columns are', lost: false },
  'integers-rounded': { summary: 'whole numbers beyond 2^53, which are rounded', lost: false },
  'key-twice': { summary: 'two keys of one row have the same name once they are flattened', lost: true },
  'runs-too-many': { summary: 'more runs in one log than are told apart', lost: true },
  'keys-too-many': { summary: 'more keys than metrics that anyone logs', lost: true },
  'same-run-twice': { summary: 'a file that repeats what another of the run holds', lost: false },
  'written-together': {
    summary: 'two files that were written at the same time: two runs in one folder',
    lost: false,
  },
  'chart-of-means': { summary: 'a chart that shows means of several points in place of points', lost: true },
  'chart-of-time': { summary: 'a chart over time: seconds are read as steps', lost: false },
  'link-not-followed': { summary: 'a link, which is not followed', lost: false },
  'folder-too-deep': { summary: 'folders that lie deeper than is looked', lost: true },
} as const;

export type ProblemKind = keyof typeof PROBLEM_KINDS;

/** Something in a log that was not understood, or was understood with a proviso. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly place: Place;
  /** What stands there, in a sentence: what was given, what was expected, what became of it. */
  readonly what: string;
}
