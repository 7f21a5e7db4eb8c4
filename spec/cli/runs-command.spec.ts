import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
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
  test('nothing that a terminal obeys is printed, and JSON means the same', async () => {
    const name = 'a\u009b31m\u0085\u007f\u202e\u{e0001}\u001b[2Jb';
    const log = text(`{"step":1,${JSON.stringify(name)}:1,"note":"\u009d"}\n{"step":2,"x":1}\n{"\u009b31m\n`);
    // eslint-disable-next-line no-control-regex -- what is looked for
    const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|\u{e0001}/u;
    const plain = await run([log]);
    expect(plain.stdout).not.toMatch(obeyed);
    const json = await run([log], { json: true });
    expect(json.stdout).not.toMatch(obeyed);
    const report = JSON.parse(json.stdout) as { runs: { series: { name: string }[] }[] };
    expect(report.runs[0]?.series[0]?.name).toBe(name);
  });

  test.each(['=a', '\n=a', '\ta', '\r-a', '  +a', '＝a', '@a'])(
    '%j in a table is no formula',
    async (name) => {
      const log = text(`{"step":1,${JSON.stringify(name)}:1}\n{"step":2,"x":1}\n`);
      const csv = `${log}.csv`;
      await run([log], { csv });
      const rows: Record<string, string>[] = parse(readFileSync(csv, 'utf8'), { columns: true });
      expect(rows[0]?.['metric']).toBe(`'${name}`);
    },
  );

  test('whole numbers are shown in full', async () => {
    const { stdout } = await run([
      text('{"step":3000000001,"n":9007199254740991}\n{"step":4000000007,"n":1}\n'),
    ]);
    expect(stdout).toContain('3000000001 – 4000000007');
    expect(stdout).toContain('9007199254740991');
  });
});
