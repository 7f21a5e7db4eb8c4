import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnosis/index.ts';
import { reportOfDiagnosis } from '../../../src/reporting/report/from-diagnosis.ts';
import { reportSchema } from '../../../src/reporting/report/report.ts';
import { plumbline } from '../plumbline.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-report-'));
const reportIn = (cwd: string, file = 'r.json') =>
  reportSchema.parse(JSON.parse(readFileSync(join(cwd, file), 'utf8')));
const ALL = ['r.json', 'r.xml', 'r.sarif', 'r.md'];
const flags = (files: readonly string[]): readonly string[] => files.flatMap((file) => ['--report', file]);
const HOARDERS = resolve('fixtures/runs/hoarders');

/** Every form says that it is partial, and none is a pass. */
function expectPartial(cwd: string, by: string): void {
  const report = reportIn(cwd);
  expect(report.partial).toContain(by);
  expect(report.verdict.tone).not.toBe('good');
  expect(readFileSync(join(cwd, 'r.xml'), 'utf8')).toMatch(/<error [^>]*>[^<]*/);
  expect(readFileSync(join(cwd, 'r.sarif'), 'utf8')).toContain('"executionSuccessful": false');
  expect(readFileSync(join(cwd, 'r.md'), 'utf8')).toMatch(/partial, and no pass: .*/);
}

describe('--report', () => {
  test('a diagnosis in every form at once, with its exit code, and nothing else', async () => {
    const cwd = folder();
    const { code, stderr } = await plumbline(['diagnose', HOARDERS, ...flags(ALL)], { cwd });
    expect([code, stderr]).toEqual([1, '']);
    expect(readdirSync(cwd).sort()).toEqual([...ALL].sort());
    const report = reportIn(cwd);
    expect([report.of, report.verdict.exitCode]).toEqual(['diagnosis', 1]);
    // What the documented bugs do is told only here: the laws are loaded for it.
    expect(JSON.stringify(report)).toContain('documented bug');
    expect(readFileSync(join(cwd, 'r.md'), 'utf8')).toMatch(/\| bewley\/hoarders \| \w+/);
  });

  test.each([
    ['an extension that names no form', 'r.txt', /report-format-unknown[\s\S]*\.sarif/],
    ['no extension', 'report', /report-format-unknown/],
    ['a folder where none can be', '/dev/null/r.xml', /not-writable/],
    ['a file system that takes no files', '/proc/r.xml', /not-writable/],
    ['a folder', 'folder.xml', /not-writable/],
  ])('%s is refused before any work, with 2', async (_what, file, message) => {
    const cwd = folder();
    cpSync(resolve('fixtures/plans'), join(cwd, 'folder.xml'), { recursive: true });
    writeFileSync(join(cwd, 'kept.md'), 'of another time');
    for (const command of [
      ['gate', '--laws', 'nk/closed-form'],
      ['diagnose', HOARDERS],
      ['train', 'nk', '--out', 'run'],
    ]) {
      const { code, stdout, stderr } = await plumbline([...command, ...flags(['kept.md', file])], { cwd });
      expect(stderr).toMatch(message);
      expect([code, stdout]).toEqual([2, '']);
    }
    expect(readdirSync(cwd).sort()).toEqual(['folder.xml', 'kept.md']);
  });

  test('what ends without a report leaves none of another time', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'r.md'), 'a pass of yesterday');
    const { code } = await plumbline(['diagnose', 'nowhere', ...flags(['r.md'])], { cwd });
    expect(code).toBe(2);
    expect(existsSync(join(cwd, 'r.md'))).toBe(false);
  });

  test('a gate, with its matrices', async () => {
    const cwd = folder();
    const { code } = await plumbline(
      ['gate', '--laws', 'nk/closed-form', '--engines', 'wasm', '--runs', '5', ...flags(ALL)],
      { cwd },
    );
    expect(code).toBe(0);
    const report = reportIn(cwd);
    expect(report.sections.map(({ kind }) => kind)).toEqual(['matrix', 'matrix']);
    expect(report.verdict).toMatchObject({ tone: 'good', exitCode: 0 });
  });

  test('a training, with the series of its log and its figures', async () => {
    const cwd = folder();
    const { code } = await plumbline(
      ['train', 'nk', '--steps', '6', '--log-every', '2', '--out', 'run', '--quiet', ...flags(ALL)],
      { cwd },
    );
    expect(code).toBe(0);
    const [group] = reportIn(cwd).groups;
    expect(group?.series.find(({ name }) => name === 'unweighted')?.steps.length).toBeGreaterThan(2);
    expect(group?.sections.map(({ kind }) => kind)).toEqual(['listing', 'figure', 'figure', 'figure']);
    expect(JSON.stringify(group)).not.toContain('@font-face');
  });
});

describe('a signal', () => {
  test.each([
    ['SIGINT', 130, 'Ctrl-C'],
    ['SIGTERM', 143, 'SIGTERM'],
  ] as const)('%s leaves a partial report of a training', async (signal, exitCode, by) => {
    const cwd = folder();
    const { code } = await plumbline(['train', 'nk', '--steps', '100000', '--out', 'run', ...flags(ALL)], {
      cwd,
      signal,
      interruptOn: '100000 gradient steps',
    });
    expect(code).toBe(exitCode);
    expect(reportIn(cwd).verdict.exitCode).toBe(exitCode);
    expectPartial(cwd, by);
  });

  test.each([
    ['SIGINT', 'Ctrl-C'],
    ['SIGTERM', 'SIGTERM'],
  ] as const)('%s leaves a partial report of a gate', async (signal, by) => {
    const cwd = folder();
    const args = ['gate', '--engines', 'wasm', '--runs', '1000', ...flags(ALL)];
    // On a busy machine the program may not listen yet: it then has no exit code, and has written nothing.
    let ended = await plumbline(args, { cwd, signal, interruptAfterMs: 4_000 });
    if (ended.code === null) ended = await plumbline(args, { cwd, signal, interruptAfterMs: 20_000 });
    expect(ended.code).toBe(2);
    expectPartial(cwd, by);
  });

  test('leaves a partial report of an experiment', async () => {
    const cwd = folder();
    writeFileSync(
      join(cwd, 'plan.yaml'),
      'model: nk\nbase: { steps: 100000 }\narms:\n  right: {}\n  wrong: { faults: [nk/euler-sign] }\n',
    );
    const { code } = await plumbline(
      ['experiment', 'plan.yaml', '--out', 'out', '--jobs', '1', ...flags(ALL)],
      {
        cwd,
        interruptOn: ': begins',
      },
    );
    expect(code).toBe(130);
    expectPartial(cwd, 'Ctrl-C');
  });

  test('between two runs keeps what was judged of a diagnosis', async () => {
    // Heard once before reading and once before the first run; it comes before the second.
    let looks = 0;
    const signal = {
      get aborted() {
        looks += 1;
        return looks > 3;
      },
    } as AbortSignal;
    const paths = ['fixtures/runs/explosion-averted', 'fixtures/runs/explosion-remedy'];
    const diagnosis = await diagnose(paths, { today: '2026-01-01', signal });
    expect([diagnosis.runs.length, diagnosis.isInterrupted, diagnosis.verdict]).toEqual([
      1,
      true,
      'not-judged',
    ]);
    const report = reportOfDiagnosis(diagnosis, { facts: [], interruptedBy: 'Ctrl-C' });
    expect(report.partial).toBe('interrupted by Ctrl-C');
    expect(report.verdict).toMatchObject({ exitCode: 2, tone: 'open' });
  });
});

describe('on GitHub Actions', () => {
  const onGithub = (cwd: string) => ({
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: resolve('.'),
    GITHUB_STEP_SUMMARY: join(cwd, 'summary.md'),
  });

  test('what broke is annotated from the root of the repository, and told in the summary of the job', async () => {
    const cwd = folder();
    const { code, stderr } = await plumbline(['diagnose', 'hoarders'], {
      cwd: resolve('fixtures/runs'),
      env: onGithub(cwd),
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^::error file=fixtures\/runs\/hoarders\/metrics\.jsonl,line=18,title=economics/);
    expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toContain('❌ sick');
  });

  test('a summary that would be too long for GitHub, and be dropped whole, is left as it is', async () => {
    const cwd = folder();
    const before = 'x'.repeat(2 ** 20 - 100);
    writeFileSync(join(cwd, 'summary.md'), before);
    const { stderr } = await plumbline(['diagnose', HOARDERS], { env: onGithub(cwd) });
    expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toBe(before);
    expect(stderr).toContain('the summary of the job is full');
  });

  test('elsewhere nothing of it', async () => {
    const { stderr } = await plumbline(['diagnose', HOARDERS]);
    expect(stderr).toBe('');
  });
});
