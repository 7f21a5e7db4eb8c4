import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeEngine, ENGINE_NAMES } from '../../src/engine/index.ts';
import { plumbline } from './plumbline.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-'));

const reportSchema = z.object({
  exitCode: z.int(),
  partial: z.string().optional(),
  engines: z.array(z.object({ engine: z.string(), status: z.string() })),
  laws: z.array(
    z.object({
      law: z.string(),
      engine: z.string(),
      verdict: z.string(),
      kernels: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  cells: z.array(z.object({ fault: z.string(), outcome: z.string() })),
});
const summarySchema = z.object({ is: z.number(), phillipsOverIs: z.number(), policySize: z.number() });

const reportOf = (file: string) => reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

describe('plumbline gate', () => {
  test('a law on one engine: holds, its faults are killed, the report says so, exit 0', async () => {
    const cwd = folder();
    const { code, stdout, stderr } = await plumbline(
      [
        'gate',
        '--laws',
        'nk/residuals',
        '--engines',
        'wasm',
        '--seed',
        '7',
        '--runs',
        '20',
        '--json',
        'report.json',
      ],
      { cwd },
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('PASSED');
    expect(stdout).toMatch(/nk\/euler-sign +killed +wasm +by nk\/residuals/);
    expect(code).toBe(0);
    const report = reportOf(join(cwd, 'report.json'));
    expect(report).toMatchObject({
      exitCode: 0,
      laws: [{ law: 'nk/residuals', engine: 'wasm', verdict: 'holds' }],
    });
    expect(Object.keys(report.laws[0]?.kernels ?? {})).toEqual(['wasm']);
    expect(readdirSync(cwd)).toEqual(['report.json']);
  });

  test('the same seed gives the same verdicts and measurements', async () => {
    const gate = async () => {
      const { stdout } = await plumbline(
        ['gate', '--laws', 'nk/transition', '--engines', 'cpu', '--seed', '11', '--no-power'],
        { cwd: folder() },
      );
      return stdout.split('\n').filter((line) => line.includes('nk/transition'));
    };
    expect(await gate()).toEqual(await gate());
  });

  test('engines that nobody asked for and that are not here are listed, with how to add them', async () => {
    const { code, stdout } = await plumbline(
      ['gate', '--laws', 'nk/antithetic', '--runs', '10', '--no-power'],
      { cwd: folder() },
    );
    // tensorflow-gpu, for one, where there is no GPU; which others depends on what was set up.
    for (const name of ENGINE_NAMES) {
      const description = describeEngine(name);
      const line =
        description.status === 'here'
          ? new RegExp(`${name} +\\d.*1 of 1 laws hold`)
          : new RegExp(`${name} +not-checked .*${description.remedy ?? ''}`);
      expect(stdout).toMatch(line);
    }
    expect(code).toBe(0);
  });

  test.each([
    [
      'an engine that is asked for and is not here',
      ['--engines', 'wasm,tensorflow-gpu', '--laws', 'nk/antithetic', '--no-power'],
      /engine tensorflow-gpu/,
    ],
    ['an unknown law', ['--laws', 'nk/closed-from'], /law-unknown[\s\S]*did you mean nk\/closed-form\?/],
    ['an unknown engine', ['--engines', 'wsam'], /engine-unknown[\s\S]*did you mean wasm\?/],
    ['a number that is none', ['--runs', 'many'], /--runs[\s\S]*option-invalid[\s\S]*many/],
    ['an option that is none', ['--rnus', '5'], /unknown option/],
    [
      'a report that cannot be written',
      ['--json', '/dev/null/report.json'],
      /report\.json cannot be written[\s\S]*not-writable/,
    ],
    [
      'no time at all',
      ['--laws', 'nk/network', '--engines', 'cpu', '--runs', '1000000', '--time-limit', '1', '--no-power'],
      /time limit/,
    ],
  ])('%s: exit 2 and one clear error', async (_what, args, message) => {
    const { code, stdout, stderr } = await plumbline(['gate', ...args], { cwd: folder() });
    expect(stdout + stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test('a corrupt counterexample file is named before any engine is started', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'bad.json'), '{"kind": "plumbline counterexample"');
    const { code, stderr, stdout } = await plumbline(['gate', '--counterexamples', '.'], { cwd });
    expect(stderr).toMatch(/bad\.json[\s\S]*counterexample-corrupt[\s\S]*to do:/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('Ctrl-C leaves a report that is marked partial, with what was judged', async () => {
    const cwd = folder();
    const args = ['gate', '--engines', 'wasm', '--runs', '1000', '--json', 'report.json'];
    // On a busy machine the program may not listen yet: it then has no exit code, and has written nothing.
    let ended = await plumbline(args, { cwd, interruptAfterMs: 4_000 });
    if (ended.code === null) ended = await plumbline(args, { cwd, interruptAfterMs: 20_000 });
    const { code, stdout } = ended;
    expect(stdout).toContain('PARTIAL');
    expect(code).toBe(2);
    expect(reportOf(join(cwd, 'report.json')).partial).toBe('interrupted by Ctrl-C');
    expect(readdirSync(cwd)).toEqual(['report.json']);
  });
});

describe('plumbline replay', () => {
  test.each([
    ['a file that is not there', ['nowhere.json'], /counterexample-missing/],
    ['a law without a seed', ['nk/residuals'], /option-missing/],
  ])('%s: exit 2', async (_what, args, message) => {
    const { code, stderr } = await plumbline(['replay', ...args]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test('a law from a seed: holds, exit 0', async () => {
    const { code, stdout } = await plumbline(['replay', 'nk/residuals', '--seed', '3', '--runs', '5']);
    expect(stdout).toContain('nk/residuals on wasm: holds');
    expect(code).toBe(0);
  });
});

describe('plumbline laws, engines, help', () => {
  test('laws: a line each, or all there is to say of some', async () => {
    const list = await plumbline(['laws']);
    expect(list.stdout.trim().split('\n').length).toBeGreaterThan(20);
    const one = await plumbline(['laws', 'nk/closed-form']);
    expect(one.stdout).toMatch(/formula[\s\S]*kills[\s\S]*nk\/outputs-swapped/);
  });

  test('engines --json: every engine, those that are here with their measured arithmetic', async () => {
    const { code, stdout } = await plumbline(['engines', '--json']);
    const reports = z
      .array(z.object({ name: z.string(), status: z.string(), arithmetic: z.unknown().optional() }))
      .parse(JSON.parse(stdout));
    expect(reports.map(({ name, status }) => [name, status])).toEqual(
      ENGINE_NAMES.map((name) => [name, describeEngine(name).status]),
    );
    expect(
      reports.filter(({ status, arithmetic }) => (status === 'here') !== (arithmetic !== undefined)),
    ).toEqual([]);
    expect(code).toBe(0);
  });

  test.each([[['--help']], [['gate', '--help']], [['--version']]])('%j ends with 0', async (args) => {
    expect((await plumbline(args)).code).toBe(0);
  });

  test('an unknown command ends with 2', async () => {
    expect((await plumbline(['gaet'])).code).toBe(2);
  });
});

describe('plumbline reproduce', () => {
  test('the documented shape bug: rejected by name, IS loss at its floor, Phillips loss near zero, flat policies', async () => {
    const out = join(folder(), 'run');
    const { code, stdout } = await plumbline([
      'reproduce',
      'nk/step-changes-shape',
      '--steps',
      '400',
      '--seed',
      '1',
      '--out',
      out,
    ]);
    expect(stdout).toMatch(/killed +nk\/shapes/);
    expect(stdout).toMatch(/killed +nk\/independence/);
    expect(code).toBe(0);
    const { faulty, correct } = z
      .object({ faulty: summarySchema, correct: summarySchema })
      .parse(JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8')));
    expect(faulty.is).toBeGreaterThan(0.7 * 1.41);
    expect(faulty.phillipsOverIs).toBeLessThan(1e-4);
    expect(faulty.policySize).toBeLessThan(0.1);
    expect(correct.is).toBeLessThan(faulty.is / 100);
    expect(
      readFileSync(join(out, 'faulty', 'metrics.jsonl'), 'utf8')
        .trim()
        .split('\n').length,
    ).toBeGreaterThan(50);
  });

  test('an unknown fault: exit 2, with the nearest', async () => {
    const { code, stderr } = await plumbline(['reproduce', 'nk/step-change-shape']);
    expect(stderr).toMatch(/fault-unknown[\s\S]*did you mean nk\/step-changes-shape\?/);
    expect(code).toBe(2);
  });
});
