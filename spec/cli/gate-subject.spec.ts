import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { plumbline } from './plumbline.ts';

const SCRIPT = fileURLToPath(new URL('../verification/protocol/misbehaving.js', import.meta.url));
const commandOf = (mode: string): string => `"${process.execPath}" "${SCRIPT}" ${mode}`;
const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-'));
const gate = (mode: string, ...args: readonly string[]) =>
  plumbline(['gate', '--subject', commandOf(mode), '--seed', '1', '--runs', '20', ...args], {
    cwd: folder(),
  });

describe('plumbline gate --subject', () => {
  test('a right subject: its laws hold, the rest is listed, every defect of an adapter is noticed', async () => {
    const { code, stdout, stderr } = await gate('right');
    expect(stderr).toBe('');
    expect(stdout).toContain('schedule (JavaScript: Node');
    expect(stdout).toMatch(/training\/learning-rate +holds/);
    expect(stdout).toMatch(/training\.dampedStep +training\/damped-step/);
    expect(stdout).toContain('PASSED: of schedule 1 laws hold, ');
    expect(code).toBe(0);
  });

  test('a wrong one: the first line names operation, law and size; replay shows it again', async () => {
    const cwd = folder();
    const { code, stdout } = await plumbline(['gate', '--subject', commandOf('off-by-one'), '--seed', '1'], {
      cwd,
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /✖ training\.learningRate violates training\/learning-rate on float32@cpu: rate at step \d+ of \d+ is off by .* times the bound/,
    );
    const [file = ''] = readdirSync(join(cwd, 'plumbline-counterexamples'));
    const path = join('plumbline-counterexamples', file);
    const again = await plumbline(['replay', path, '--subject', commandOf('off-by-one')], { cwd });
    expect(again).toMatchObject({ code: 1 });
    const mended = await plumbline(['replay', path, '--subject', commandOf('right')], { cwd });
    expect(mended).toMatchObject({ code: 0 });
    const unnamed = await plumbline(['replay', path], { cwd });
    expect(unnamed).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[subject-missing]') as unknown,
    });
  });

  test.each(['dies', 'chatters', 'null-for-nan'])('%s: could not judge, exit 2', async (mode) => {
    const { code, stdout } = await gate(mode, '--time-limit', '60', '--no-power');
    expect(stdout).toContain('COULD NOT JUDGE');
    expect(code).toBe(2);
  });

  test('one that cannot be started: exit 2 with its own standard error, and no finding', async () => {
    const { code, stdout, stderr } = await gate('not-there');
    expect(stderr).toContain('[subject-not-started]');
    expect(stderr).toContain('No module named torch');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('what is asked for by name and is not there: exit 2', async () => {
    expect(await gate('right', '--operations', 'nk.residuals')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[operation-missing]') as unknown,
    });
    expect(await gate('right', '--laws', 'nk/residuals')).toMatchObject({ code: 2 });
    expect(await gate('right', '--engines', 'float64@cpu')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean float32@cpu?') as unknown,
    });
  });

  test('reports say it in every form', async () => {
    const cwd = folder();
    const args = ['gate', '--subject', commandOf('off-by-one'), '--seed', '1', '--json', 'gate.json'];
    await plumbline([...args, '--report', 'gate.xml', '--report', 'gate.html'], { cwd });
    expect(readFileSync(join(cwd, 'gate.xml'), 'utf8')).toContain('training/learning-rate');
    expect(readFileSync(join(cwd, 'gate.html'), 'utf8')).toContain('schedule');
    expect(JSON.parse(readFileSync(join(cwd, 'gate.json'), 'utf8'))).toMatchObject({
      subject: { name: 'schedule', language: 'JavaScript' },
      exitCode: 1,
    });
  });

  test('options of a subject without one: exit 2', async () => {
    expect(await plumbline(['gate', '--validate'], { cwd: folder() })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[subject-missing]') as unknown,
    });
  });
});

test('numbers have no device: on meta nothing is judged of them, and nothing is wrong', async () => {
  const { code, stdout } = await gate('meta', '--no-power', '--report', 'gate.md');
  expect(stdout).toMatch(/subject\/meta-device .*inconclusive/);
  expect(code).toBe(0);
});

test('a counterexample that breaks the subject is not told of the next one', async () => {
  const cwd = folder();
  const found = await plumbline(['gate', '--subject', commandOf('off-by-one'), '--seed', '1'], { cwd });
  expect(found.code).toBe(1);
  const stored = join(cwd, 'plumbline-counterexamples');
  const [file = ''] = readdirSync(stored);
  const text = readFileSync(join(stored, file), 'utf8');
  writeFileSync(join(stored, `a-${file}`), text);
  const marker = join(cwd, 'marker');
  const args = ['gate', '--subject', `${commandOf('dies-twice')} ${marker}`, '--seed', '1', '--no-power'];
  await plumbline([...args, '--json', 'gate.json'], { cwd });
  // The first of the two ends the process twice, the second finds one that answers.
  expect(JSON.parse(readFileSync(join(cwd, 'gate.json'), 'utf8'))).toMatchObject({
    replays: [{ verdict: 'not-checked' }, { verdict: 'holds' }],
  });
});

describe('plumbline gate --validate', () => {
  test('an adapter that can be believed: exit 0', async () => {
    const { code, stdout } = await gate('right', '--validate');
    expect(stdout).toMatch(/right +float32@cpu +training\.learningRate +2 requests/);
    expect(code).toBe(0);
  });

  test.each([
    ['misspelt', 'did you mean training.learningRate?'],
    ['rounds', 'numbers with all their digits'],
    ['answers-all', 'an operation that is not there was answered'],
    ['raises', 'subject-raised'],
  ])('one that cannot, since it %s: exit 2', async (mode, story) => {
    const { code, stdout } = await gate(mode, '--validate');
    expect(stdout).toContain(story);
    expect(code).toBe(2);
  });

  test.each([
    ['--laws', 'nk/*'],
    ['--report', 'gate.md'],
    ['--time-limit', '9'],
  ])('%s says nothing to it: exit 2', async (flag, value) => {
    const { code, stderr } = await gate('right', '--validate', flag, value);
    expect(stderr).toContain(`leave out ${flag}`);
    expect(code).toBe(2);
  });
});

describe('plumbline.yaml', () => {
  const written = (text: string): string => {
    const cwd = folder();
    writeFileSync(join(cwd, 'plumbline.yaml'), text);
    return cwd;
  };
  const SUBJECT = (mode: string): string => `subject:\n  command: ${JSON.stringify(commandOf(mode))}\n`;

  test('in the folder, it is what is gated', async () => {
    const cwd = written(SUBJECT('right'));
    const { code, stdout } = await plumbline(['gate', '--seed', '1', '--no-power'], { cwd });
    expect(stdout).toContain('PASSED: of schedule');
    expect(code).toBe(0);
  });

  test('with a ledger: the known deviation, and nothing else, is accepted', async () => {
    const cwd = written(`${SUBJECT('off-by-one')}ledger: known.yaml\n`);
    const ledger = (message: string): void => {
      const entry = `{ law: training/learning-rate, engine: '*', expect: violated, message: ${message}, since: 2026-11-01, why: later }`;
      writeFileSync(join(cwd, 'known.yaml'), `deviations:\n  - ${entry}\n`);
    };
    const args = ['gate', '--seed', '1', '--no-power'];
    ledger('rate at step');
    const known = await plumbline(args, { cwd });
    expect(known.stdout).toContain('but for the deviations that are known');
    expect(known.code).toBe(0);
    ledger('number of rates');
    expect(await plumbline(args, { cwd })).toMatchObject({ code: 1 });
    writeFileSync(join(cwd, 'plumbline.yaml'), `${SUBJECT('right')}ledger: known.yaml\n`);
    const mended = await plumbline(args, { cwd });
    expect(mended.stdout).toContain('take the entry out of the ledger');
    expect(mended.code).toBe(1);
  });

  test('renames operations', async () => {
    const cwd = written(
      `${SUBJECT('misspelt')}operations: { training.learningRate: training.learningRat }\n`,
    );
    const { code, stdout } = await plumbline(['gate', '--seed', '1', '--no-power'], { cwd });
    // The script knows the operation by its right name only: the renamed call reached it, and was refused.
    expect(stdout).toContain('training.learningRat');
    expect(code).toBe(2);
  });

  test.each([
    ['a key that there is not', 'subject: { command: x }\nlaw: nk/*\n', 'law'],
    ['no command', 'subject: {}\n', 'command'],
    ['no YAML', 'subject: [\n', 'plumbline.yaml'],
    [
      'an operation that no contract has',
      'subject: { command: x }\noperations: { nk.residual: mine }\n',
      'nk.residuals',
    ],
    ['a ledger that is not there', 'subject: { command: x }\nledger: known.yaml\n', 'known.yaml'],
  ])('%s: exit 2, and it is named', async (_what, text, story) => {
    const { code, stderr } = await plumbline(['gate'], { cwd: written(text) });
    expect(stderr).toContain(story);
    expect(code).toBe(2);
  });
});

test('a subject that hangs: its limit is the file’s, exit 2', async () => {
  const cwd = folder();
  const text = `subject:\n  command: ${JSON.stringify(commandOf('hangs'))}\n  requestLimitSeconds: 1\n`;
  writeFileSync(join(cwd, 'hangs.yaml'), text);
  const { code, stdout } = await plumbline(['gate', '--config', 'hangs.yaml', '--no-power'], { cwd });
  expect(stdout).toContain('did not answer `call` within 1 s');
  expect(code).toBe(2);
});

test('Ctrl-C leaves a partial report, and no process', async () => {
  const cwd = folder();
  const args = ['gate', '--subject', `${commandOf('hangs')} ${cwd}`, '--json', 'gate.json'];
  const { code } = await plumbline(args, { cwd, interruptAfterMs: 15_000 });
  expect(code).toBe(2);
  expect(JSON.parse(readFileSync(join(cwd, 'gate.json'), 'utf8'))).toMatchObject({
    partial: 'interrupted by Ctrl-C',
  });
  const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  expect(stdout.split('\n').filter((line) => line.includes(cwd))).toEqual([]);
});

describe('plumbline init', () => {
  test('writes what is missing, and keeps what is there', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'my_subject.py'), 'mine');
    const { code, stdout } = await plumbline(['init'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/kept as it was +my_subject\.py/);
    expect(readFileSync(join(cwd, 'my_subject.py'), 'utf8')).toBe('mine');
    expect(readFileSync(join(cwd, 'plumbline.yaml'), 'utf8')).toContain('command: python3 my_subject.py');
    expect(readdirSync(cwd).sort()).toEqual([
      '.github',
      'my_subject.py',
      'plumbline.yaml',
      'plumbline_subject.py',
    ]);
    const [again, before] = [
      await plumbline(['init'], { cwd }),
      readFileSync(join(cwd, 'plumbline.yaml'), 'utf8'),
    ];
    expect(again.stdout).not.toContain('written');
    expect(readFileSync(join(cwd, 'plumbline.yaml'), 'utf8')).toBe(before);
  });

  test('a language that is not known: exit 2', async () => {
    expect(await plumbline(['init', '--language', 'pyton'], { cwd: folder() })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean python?') as unknown,
    });
  });
});

test('plumbline operations: a line each, or all that there is to say of some', async () => {
  const all = await plumbline(['operations']);
  expect(all.stdout).toMatch(/nk\.step +one transition of the natural rate/);
  const one = await plumbline(['operations', 'normaliser.create']);
  expect(one.stdout).toContain('settings: { scope: "global" | "per-agent"');
  const json = await plumbline(['operations', 'nk.step', '--json']);
  expect(JSON.parse(json.stdout)).toHaveProperty(['nk.step', 'properties', 'input', 'properties', 'zeta']);
});
