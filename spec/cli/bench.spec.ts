import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { plumbline } from './plumbline.ts';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-'));

/** A module with one benchmark that touches no tensor. */
const moduleWith = (sums: number, more = ''): string => `
export const mine = {
  id: 'mine',
  summary: 'sums',
  unit: 'sum',
  engines: ['host'],
  open: async () => {
    const held = [];
    return {
      step: async () => {
        let value = 1;
        for (let sum = 0; sum < ${sums}; sum += 1) value += 1 / (value + sum);
        held[0] = value;
      },
      close: () => undefined,
    };
  },
};
${more}`;

const NAMED = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'] as const;

/** A project of a user with two commits, of which the second takes twice as long. */
function project(): string {
  const root = folder();
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...NAMED, ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(PACKAGE, join(root, 'node_modules', 'plumbline'));
  writeFileSync(join(root, 'package.json'), '{ "name": "mine", "type": "module" }\n');
  writeFileSync(join(root, '.gitignore'), 'node_modules\n');
  writeFileSync(join(root, 'mine.bench.js'), moduleWith(100_000));
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  writeFileSync(join(root, 'mine.bench.js'), moduleWith(200_000));
  git('commit', '--quiet', '-am', 'second');
  return root;
}

/** What a comparison must not leave behind. */
function leftBehind(root: string): readonly string[] {
  const status = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  const worktrees = execFileSync('git', ['worktree', 'list'], { cwd: root, encoding: 'utf8' });
  const objects = execFileSync('git', ['fsck', '--unreachable', '--no-progress'], {
    cwd: root,
    encoding: 'utf8',
  });
  return [status, objects, ...worktrees.trim().split('\n').slice(1)].filter((text) => text !== '');
}

const scratchFolders = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('plumbline-bench-'));

describe('plumbline bench', () => {
  test('measures, in a table and as JSON, and no tensor leaks', async () => {
    const cwd = folder();
    const { code, stdout } = await plumbline(
      [
        'bench',
        'nk-gauss-hermite',
        '--engines',
        'wasm',
        '--time',
        '0.5',
        '--processes',
        '2',
        '--json',
        'bench.json',
      ],
      { cwd },
    );
    expect(stdout).toMatch(/nk-gauss-hermite +wasm +\d/);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 'bench.json'), 'utf8'))).toMatchObject({
      kind: 'plumbline bench report',
      outcomes: [
        {
          status: 'measured',
          engine: 'wasm',
          result: { processes: [{ counts: { grown: { tensors: 0, bytes: 0 } } }, {}] },
        },
      ],
    });
  });

  test('--against: a commit that takes twice as long is slower, and nothing stays behind', async () => {
    const cwd = project();
    const before = scratchFolders();
    const args = ['bench', '--benchmarks', 'mine.bench.js', '--against', 'HEAD~1'];
    const { code, stdout, stderr } = await plumbline([...args, '--time', '0.1'], { cwd });
    expect(stdout).toMatch(/mine +host +slower +\+\d+/);
    expect(stdout).toMatch(/worse {2}mine on host: slower by \+\d/);
    expect(stderr).toContain('mine on host');
    expect(code).toBe(1);
    expect(leftBehind(cwd)).toEqual([]);
    expect(scratchFolders()).toEqual(before);
  });

  test('--against: files that are not committed count, and nothing of them stays', async () => {
    const cwd = project();
    writeFileSync(join(cwd, 'mine.bench.js'), moduleWith(1_000));
    writeFileSync(join(cwd, 'new.txt'), 'not known to git');
    const args = ['bench', '--benchmarks', 'mine.bench.js', '--against', 'HEAD', '--json', 'r.json'];
    const { code } = await plumbline([...args, '--time', '0.1'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'))).toMatchObject({
      commit: expect.stringContaining('the working tree on') as string,
      outcomes: [{ comparison: { time: { verdict: 'faster' } } }],
    });
    expect(leftBehind(cwd)).toEqual([' M mine.bench.js\n?? new.txt\n?? r.json\n']);
  });

  test('--against, interrupted: tells what is measured, is no pass, and leaves nothing behind', async () => {
    const cwd = project();
    const before = scratchFolders();
    const args = ['bench', '--benchmarks', 'mine.bench.js', '--against', 'HEAD~1', '--time', '60'];
    const { code, stdout } = await plumbline(args, { cwd, interruptOn: 'mine on host' });
    expect(stdout).toContain('interrupted by the user');
    expect(code).toBe(130);
    expect(leftBehind(cwd)).toEqual([]);
    expect(scratchFolders()).toEqual(before);
  });

  test('--against, interrupted before anything is measured: nothing is called a failure', async () => {
    const cwd = project();
    const before = scratchFolders();
    const args = ['bench', '--benchmarks', 'mine.bench.js', '--against', 'HEAD~1', '--prepare', 'sleep 60'];
    const { code, stdout, stderr } = await plumbline(args, { cwd, interruptOn: 'sleep 60' });
    expect(stdout.trim()).toBe('partial  interrupted by the user');
    expect(stderr).not.toContain('preparation-failed');
    expect(code).toBe(130);
    expect(leftBehind(cwd)).toEqual([]);
    expect(scratchFolders()).toEqual(before);
  });

  test('--against: a benchmark that the other commit does not have is never a pass', async () => {
    const cwd = project();
    const newer = moduleWith(1_000).replaceAll('mine', 'newer');
    writeFileSync(join(cwd, 'mine.bench.js'), moduleWith(200_000, newer));
    const args = ['bench', '--benchmarks', 'mine.bench.js', '--against', 'HEAD', 'newer'];
    const { code, stdout } = await plumbline(args, { cwd });
    expect(stdout).toMatch(/missing {2}newer on host: HEAD \(\w+\) has no such benchmark/);
    expect(code).toBe(2);
  });

  test('--against: a benchmark that is there no longer is never a pass', async () => {
    const cwd = project();
    writeFileSync(join(cwd, 'mine.bench.js'), moduleWith(1_000).replaceAll('mine', 'renamed'));
    const args = ['bench', '--benchmarks', 'mine.bench.js', '--against', 'HEAD', 'mine'];
    const { code, stdout } = await plumbline(args, { cwd });
    expect(stdout).toMatch(/missing {2}mine on host: HEAD .* measures it, the working tree .* does not/);
    expect(code).toBe(2);
  });

  test('--against: packages that are files of the repository are not shared by two commits', async () => {
    const cwd = project();
    mkdirSync(join(cwd, 'inner'));
    symlinkSync(join(cwd, 'inner'), join(cwd, 'node_modules', 'inner'));
    const args = ['bench', '--benchmarks', 'mine.bench.js', '--against', 'HEAD~1'];
    const { code, stderr } = await plumbline(args, { cwd });
    expect(stderr).toMatch(/preparation-failed[\s\S]*node_modules\/inner is a link into the repository/);
    expect(code).toBe(2);
  });

  test('--against: packages that are not those of the lockfile are not used', async () => {
    const cwd = project();
    const lock = (version: string): string =>
      JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/other': { version } } });
    writeFileSync(join(cwd, 'package-lock.json'), lock('2.0.0'));
    const args = ['bench', '--benchmarks', 'mine.bench.js', '--against', 'HEAD', '--time', '0.1'];
    const env = { XDG_CACHE_HOME: join(cwd, 'node_modules', '.cache') };
    writeFileSync(join(cwd, 'node_modules', '.package-lock.json'), lock('1.0.0'));
    execFileSync('git', ['add', '.'], { cwd });
    execFileSync('git', [...NAMED, 'commit', '--quiet', '-m', 'third'], { cwd });
    const stale = await plumbline(args, { cwd, env });
    expect(stale.stderr).toContain('npm ci --no-audit --no-fund …');
    expect(stale.code).toBe(2);
    writeFileSync(join(cwd, 'node_modules', '.package-lock.json'), lock('2.0.0'));
    const fresh = await plumbline(args, { cwd, env });
    expect(fresh.stderr).not.toContain('npm ci');
    expect(fresh.stdout).toMatch(/mine +host +(same|inconclusive)/);
  });

  test('--against: a script "prepare" that does not build is not all that is run', async () => {
    const cwd = project();
    writeFileSync(
      join(cwd, 'package.json'),
      JSON.stringify({
        name: 'mine',
        type: 'module',
        scripts: { prepare: 'echo hooks', build: 'node make.js' },
      }),
    );
    writeFileSync(
      join(cwd, 'make.js'),
      "import { cpSync } from 'node:fs'; cpSync('mine.bench.js', 'made.js');",
    );
    writeFileSync(join(cwd, '.gitignore'), 'node_modules\nmade.js\n');
    execFileSync('git', ['add', '.'], { cwd });
    execFileSync('git', [...NAMED, 'commit', '--quiet', '-m', 'third'], { cwd });
    const args = ['bench', '--benchmarks', 'made.js', '--against', 'HEAD', '--time', '0.1'];
    const { stdout, stderr } = await plumbline(args, { cwd });
    expect(stderr).toMatch(/npm run --silent prepare …[\s\S]*npm run --silent build …/);
    expect(stdout).toMatch(/mine +host +(same|inconclusive)/);
  });

  test('--against: of two sides, the one that fails is named', async () => {
    const cwd = project();
    const failing = moduleWith(1).replace('held[0] = value', 'throw new Error("no such luck")');
    writeFileSync(join(cwd, 'mine.bench.js'), failing);
    const args = ['bench', '--benchmarks', 'mine.bench.js', '--against', 'HEAD', '--time', '0.1'];
    const { code, stdout } = await plumbline(args, { cwd });
    expect(stdout).toMatch(/a process of a benchmark of the working tree on \w+ did not do its work/);
    expect(code).toBe(2);
  });

  test('a benchmark that fails is never a pass', async () => {
    const cwd = project();
    writeFileSync(
      join(cwd, 'mine.bench.js'),
      moduleWith(1).replace('held[0] = value', 'throw new Error("no such luck")'),
    );
    const { code, stdout } = await plumbline(['bench', '--benchmarks', 'mine.bench.js', '--time', '0.1'], {
      cwd,
    });
    expect(stdout).toMatch(/mine +host +failed/);
    expect(stdout).toContain('no such luck');
    expect(code).toBe(2);
  });

  test('a tensor that stays behind with every unit is a violation', async () => {
    const cwd = folder();
    const library = join(PACKAGE, 'node_modules', '@tensorflow', 'tfjs', 'dist', 'index.js');
    writeFileSync(
      join(cwd, 'leak.mjs'),
      `import { createRequire } from 'node:module';
       const tf = createRequire(${JSON.stringify(library)})('@tensorflow/tfjs');
       const held = [];
       export const leak = { id: 'leak', summary: 'keeps', unit: 'step', engines: ['cpu'], open: async () => ({
         step: async () => { held.push(tf.zeros([3])); }, close: () => undefined }) };`,
    );
    const args = ['bench', '--benchmarks', 'leak.mjs', '--time', '0.1', '--processes', '1'];
    const { code, stdout } = await plumbline(args, { cwd });
    expect(stdout).toContain('20 tensors stay behind after 20 units');
    expect(code).toBe(1);
  });

  test('--save and --baseline: an equal state is the same; another machine is refused unless forced', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'mine.mjs'), moduleWith(100_000));
    const args = ['bench', '--benchmarks', 'mine.mjs', '--time', '0.1'];
    expect((await plumbline([...args, '--save', 'last.json'], { cwd })).code).toBe(0);
    writeFileSync(join(cwd, 'mine.mjs'), moduleWith(300_000));
    const saved = readFileSync(join(cwd, 'last.json'), 'utf8');
    const slower = await plumbline([...args, '--baseline', 'last.json', '--save', 'last.json'], { cwd });
    expect(slower.stdout).toMatch(/mine +host +slower/);
    expect(slower.code).toBe(1);
    // Or the next run would pass.
    expect(slower.stderr).toContain('last.json is not written: something is worse than in it');
    expect(readFileSync(join(cwd, 'last.json'), 'utf8')).toBe(saved);
    writeFileSync(join(cwd, 'last.json'), saved.replace(/"processors":\d+/, '"processors":99'));
    const elsewhere = await plumbline([...args, '--baseline', 'last.json'], { cwd });
    expect(elsewhere.stderr).toMatch(/baseline-elsewhere[\s\S]*processors: 99 then/);
    expect(elsewhere.code).toBe(2);
    expect((await plumbline([...args, '--baseline', 'last.json', '--force'], { cwd })).code).toBe(1);
  });

  test('--baseline: too few processes, another work, or another time are no comparison', async () => {
    const cwd = folder();
    const args = ['bench', '--benchmarks', 'mine.mjs', '--processes', '2'];
    const quick = [...args, '--time', '0.1'];
    writeFileSync(join(cwd, 'mine.mjs'), moduleWith(1_000, moduleWith(1_000).replaceAll('mine', 'lost')));
    expect((await plumbline([...quick, '--save', 'last.json'], { cwd })).code).toBe(0);
    writeFileSync(join(cwd, 'mine.mjs'), moduleWith(100_000));
    const few = await plumbline([...quick, '--baseline', 'last.json'], { cwd });
    expect(few.stdout).toMatch(/missing {2}mine on host: 2 processes of a side are too few/);
    expect(few.stdout).toMatch(
      /missing {2}lost on host: the baseline has it, and it is not among what is measured here/,
    );
    expect(few.code).toBe(2);
    writeFileSync(join(cwd, 'mine.mjs'), moduleWith(1_000).replace("unit: 'sum'", "unit: 'other'"));
    const other = await plumbline([...quick, '--baseline', 'last.json', 'mine'], { cwd });
    expect(other.stdout).toContain('a unit is a other, and a sum in the baseline');
    expect(other.code).toBe(2);
    const longer = await plumbline([...args, '--time', '0.2', '--baseline', 'last.json'], { cwd });
    expect(longer.stderr).toMatch(/baseline-elsewhere[\s\S]*timed for 100 ms then, 200 ms now/);
    expect(longer.code).toBe(2);
  });

  test('--baseline, interrupted: what was not reached is not lost, and no baseline is overwritten', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'mine.mjs'), moduleWith(1_000));
    const args = ['bench', '--benchmarks', 'mine.mjs', '--save', 'last.json'];
    expect((await plumbline([...args, '--time', '0.1', '--processes', '1'], { cwd })).code).toBe(0);
    const saved = readFileSync(join(cwd, 'last.json'), 'utf8');
    const again = [...args, '--baseline', 'last.json', '--force', '--time', '60'];
    const { code, stdout } = await plumbline(again, { cwd, interruptOn: 'mine on host' });
    expect(stdout).not.toContain('missing');
    expect(stdout).toContain('interrupted by the user');
    expect(code).toBe(130);
    expect(readFileSync(join(cwd, 'last.json'), 'utf8')).toBe(saved);
  });

  test('work that the engine does not do is no benchmark of it', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'mine.mjs'), moduleWith(1_000).replace("['host']", "['cpu']"));
    const args = ['bench', '--benchmarks', 'mine.mjs', '--time', '0.1', '--processes', '1'];
    const idle = await plumbline(args, { cwd });
    expect(idle.stdout).toContain('no kernel ran on cpu');
    expect(idle.code).toBe(2);
    const onHost = await plumbline([...args, '--engines', 'host'], { cwd });
    expect(onHost.stdout).toContain('nothing was measured');
    expect(onHost.code).toBe(2);
  });

  test('--self-test, interrupted: exit 130', async () => {
    expect(await plumbline(['bench', '--self-test'], { interruptOn: 'leaks' })).toMatchObject({ code: 130 });
  });

  test('--self-test sees leaks and slow-downs on this machine', async () => {
    const { code, stdout } = await plumbline(['bench', '--self-test']);
    expect(stdout).toMatch(/seen +a tensor a step +it leaks +20 tensors/);
    expect(stdout).toMatch(/seen +a kilobyte of native memory a step +it grows +grows: \d+/);
    expect(stdout).toMatch(/seen +nothing that stays +nothing grows +nothing/);
    expect(stdout).toMatch(/seen +a slow-down of 20 % +slower/);
    // A slow-down of a tenth may be hidden where others load the machine, which the exit code then tells.
    expect([0, 1]).toContain(code);
  });

  test.each([
    ['an unknown benchmark', ['nk-publisched'], /benchmark-unknown[\s\S]*did you mean nk-published\?/],
    ['no time', ['--time', 'some'], /--time[\s\S]*option-invalid/],
    ['more pairs', ['--against', 'HEAD', '--processes', '20'], /options-conflict[\s\S]*--processes/],
    ['two comparisons', ['--against', 'HEAD', '--baseline', 'x.json'], /options-conflict/],
    ['a self-test of another time', ['--self-test', '--time', '5'], /options-conflict[\s\S]*--time/],
    ['a self-test of something', ['--self-test', '--engines', 'wasm'], /options-conflict[\s\S]*--engines/],
    ['a preparation for nothing', ['--prepare', 'make'], /options-conflict[\s\S]*--against/],
    ['nothing to force', ['--force'], /options-conflict[\s\S]*--baseline/],
    ['a module elsewhere', ['--against', 'HEAD', '--benchmarks', '/tmp/x.js'], /benchmarks-outside/],
    ['an unknown commit', ['--against', 'no-such-ref'], /ref-unknown[\s\S]*no-such-ref/],
    ['no module', ['--benchmarks', 'none.js'], /benchmarks-missing/],
    ['no baseline', ['--baseline', 'none.json'], /baseline-unreadable/],
  ])('%s: exit 2', async (_what, args, message) => {
    const { code, stderr } = await plumbline(['bench', ...args], { cwd: PACKAGE });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test('a module that exports something else is refused', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'mine.mjs'), 'export const mine = { id: 7 };');
    const { code, stderr } = await plumbline(['bench', '--benchmarks', 'mine.mjs'], { cwd });
    expect(stderr).toContain('does not export benchmarks');
    expect(code).toBe(2);
  });
});
