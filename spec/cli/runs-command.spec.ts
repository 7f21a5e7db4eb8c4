import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { runsCommand } from '../../src/cli/runs.ts';
import { logFolder } from '../runs/log-folder.ts';

/** What the command prints, and its exit code. */
async function run(paths: readonly string[], options: Readonly<Record<string, unknown>> = {}) {
  let stdout = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  onTestFinished(() => {
    spy.mockRestore();
  });
  const code = await runsCommand.run(paths, { alias: [], ...options });
  spy.mockRestore();
  return { code, stdout };
}

const text = (content: string): string => `${logFolder({ 'log.jsonl': content })}/log.jsonl`;

describe('plumbline runs, at the terminal', () => {
  test('whole numbers are shown in full', async () => {
    const { stdout } = await run([
      text('{"step":3000000001,"n":9007199254740991}\n{"step":4000000007,"n":1}\n'),
    ]);
    expect(stdout).toContain('3000000001 – 4000000007');
    expect(stdout).toContain('9007199254740991');
  });
});
