import { existsSync, rmSync, statSync } from 'node:fs';
import { notWritable, requireWritable, writeAtomically } from '../../atomic-write.ts';
import { formatOf, formatsText } from '../../reporting/report/formats.ts';
import type { Report } from '../../reporting/report/report.ts';
import { plumblineVersion } from '../../version.ts';
import type { CommandOption } from '../command.ts';
import { isOnGithub, tellGithub } from './github.ts';
import { repositoryPath } from './repository-path.ts';

/** The option of every command that leaves reports. */
export const reportOption: CommandOption = {
  flags: '--report <file>',
  description: `write a report too (repeatable); its extension says which: ${formatsText()}`,
  repeatable: true,
};

/** Where the report of a command goes. */
export interface Reports {
  /** Whether anybody asked for one: it may cost work. */
  readonly isAsked: boolean;
  /** Writes every file that was asked for, each whole or not at all. */
  write(report: Report): Promise<void>;
  /** Writes them, and tells the service that runs the command. */
  publish(report: Report): Promise<void>;
}

/**
 * Makes sure, before long work begins, that the reports of `--report` can be written when it ends, and takes away those of
 * another time: what ends without a report must not leave the pass of yesterday.
 *
 * @throws InputError `report-format-unknown`, `not-writable`
 */
export function openReports(raw: unknown): Reports {
  const files = Array.isArray(raw) ? raw.map(String) : [];
  const targets = files.map((file) => ({ file, format: formatOf(file) }));
  for (const file of files) {
    requireWritable(file);
    if (existsSync(file) && !statSync(file).isFile()) throw notWritable(file, new Error('it is not a file'));
  }
  for (const file of files) rmSync(file, { force: true });
  const context = { version: plumblineVersion(), repositoryPath };
  const write = async (report: Report): Promise<void> => {
    const written = targets.map(async ({ file, format }) => ({
      file,
      content: await format.write(report, context),
    }));
    for (const { file, content } of await Promise.all(written)) writeAtomically(file, content);
  };
  return {
    isAsked: files.length > 0 || isOnGithub(),
    write,
    publish: async (report) => {
      await write(report);
      if (isOnGithub()) tellGithub(report);
    },
  };
}
