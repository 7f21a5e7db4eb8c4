import { extname } from 'node:path';
import { InputError } from '../../errors.ts';
import { cleaned } from './cleaned.ts';
import { htmlOf } from './html/index.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Report } from './report.ts';
import type { RepositoryPath } from './sarif.ts';
import { sarif } from './sarif.ts';

/** What a writer is told beside the report. */
export interface WriteContext {
  /** Of Plumbline. */
  readonly version: string;
  readonly repositoryPath: RepositoryPath;
}

/** A form in which a report can be written to a file. */
export interface ReportFormat {
  /** Of the names of its files: `.xml`. */
  readonly extension: string;
  readonly what: string;
  readonly write: (report: Report, context: WriteContext) => string | Promise<string>;
}

/** The forms of a report. */
export const REPORT_FORMATS: readonly ReportFormat[] = [
  { extension: '.html', what: 'a page for a browser, in one file', write: htmlOf },
  { extension: '.md', what: 'Markdown, for a comment', write: (report) => markdown(cleaned(report)) },
  { extension: '.xml', what: 'JUnit', write: (report) => junit(cleaned(report)) },
  {
    extension: '.sarif',
    what: 'SARIF 2.1.0',
    write: (report, { version, repositoryPath }) => sarif(cleaned(report), version, repositoryPath),
  },
  { extension: '.json', what: 'the report as JSON', write: json },
];

/** Extensions and what they stand for, in a line. */
export function formatsText(): string {
  return REPORT_FORMATS.map(({ extension, what }) => `${extension} ${what}`).join('; ');
}

/** @throws InputError `report-format-unknown` */
export function formatOf(file: string): ReportFormat {
  const extension = extname(file).toLowerCase();
  const format = REPORT_FORMATS.find((one) => one.extension === extension);
  if (format !== undefined) return format;
  throw new InputError({
    code: 'report-format-unknown',
    what: `a report cannot be written to ${file}: its extension names no form of a report`,
    given: extension === '' ? 'no extension' : extension,
    expected: formatsText(),
    todo: 'give the file one of these extensions',
  });
}
