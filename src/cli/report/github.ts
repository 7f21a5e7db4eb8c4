import { appendFileSync, existsSync, statSync } from 'node:fs';
import { cleaned } from '../../reporting/report/cleaned.ts';
import { githubAnnotations } from '../../reporting/report/github-annotations.ts';
import { COMMENT_LIMIT, markdown } from '../../reporting/report/markdown.ts';
import type { Report } from '../../reporting/report/report.ts';
import { repositoryPath } from './repository-path.ts';

/** What the summary of one step may hold, in bytes: GitHub drops a larger one whole. */
const SUMMARY_BYTES = 2 ** 20;

/** Whether GitHub Actions runs this. */
export function isOnGithub(): boolean {
  return process.env['GITHUB_ACTIONS'] === 'true';
}

/** Tells GitHub Actions what broke: annotations at files and lines on stderr, and Markdown in the summary of the job. */
export function tellGithub(report: Report): void {
  const shown = cleaned(report);
  process.stderr.write(githubAnnotations(shown, repositoryPath));
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  if (summary === undefined || summary === '') return;
  const text = `\n${markdown(shown, COMMENT_LIMIT)}\n`;
  try {
    const taken = existsSync(summary) ? statSync(summary).size : 0;
    if (taken + Buffer.byteLength(text) <= SUMMARY_BYTES) appendFileSync(summary, text);
    else process.stderr.write('plumbline: the summary of the job is full: this report is not in it\n');
  } catch (error) {
    const story = error instanceof Error ? error.message : String(error);
    process.stderr.write(`plumbline: the summary of the job could not be written: ${story}\n`);
  }
}
