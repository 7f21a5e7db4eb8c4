import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { InputError } from '../../errors.ts';

/** More than the longest list of files that a repository has. */
const MOST_OUTPUT_BYTES = 2 ** 28;

export interface GitOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * What git prints, without the last line break.
 *
 * @throws InputError `git-failed` with what git said.
 */
export async function git(args: readonly string[], { cwd, env, signal }: GitOptions): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', args, {
      cwd,
      env: { ...process.env, ...env },
      maxBuffer: MOST_OUTPUT_BYTES,
      ...(signal === undefined ? {} : { signal }),
    });
    return stdout.replace(/\n$/, '');
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new InputError({
      code: 'git-failed',
      what: `git ${args[0] ?? ''} failed`,
      given: said === '' ? (error instanceof Error ? error.message : String(error)) : said,
      expected: 'a git repository with the commit that is asked for',
      cause: error,
    });
  }
}
