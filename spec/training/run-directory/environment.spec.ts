import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { differences, identityVersions, placeHere } from '../../../src/training/run-directory/index.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('the place of a run', () => {
  it('names the commit of the folder that the command was given in, and whether files differ from it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
    expect(placeHere().git.folder).toBeUndefined();
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    git('init');
    writeFileSync(join(folder, 'my.yaml'), 'batch: 7\n');
    git('add', '.');
    git('commit', '-m', 'first');
    expect(placeHere().git.folder).toEqual({ commit: git('rev-parse', 'HEAD'), dirty: false });
    writeFileSync(join(folder, 'my.yaml'), 'batch: 8\n');
    expect(placeHere().git.folder).toMatchObject({ dirty: true });
  });

  it('notes variables that engines read; those that change the bits are part of what a run is', () => {
    vi.stubEnv('TF_NUM_INTRAOP_THREADS', '1');
    vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0');
    expect(placeHere().variables).toMatchObject({ TF_NUM_INTRAOP_THREADS: '1', TF_ENABLE_ONEDNN_OPTS: '0' });
    expect(identityVersions()).toMatchObject({ TF_ENABLE_ONEDNN_OPTS: '0' });
    expect(identityVersions()).not.toHaveProperty('TF_NUM_INTRAOP_THREADS');
  });
});

describe('differences', () => {
  it.each([
    [{ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }, []],
    [{ a: 1 }, { a: '1' }, [{ key: 'a', before: '1', now: '"1"' }]],
    [{ b: { c: [1, 2] } }, { b: { c: [1] } }, [{ key: 'b.c', before: '[1,2]', now: '[1]' }]],
    [{ b: { c: 1 } }, { b: {} }, [{ key: 'b.c', before: '1', now: 'nothing' }]],
    [{ b: 1 }, { b: { c: 1 } }, [{ key: 'b', before: '1', now: '{"c":1}' }]],
  ])('of %j and %j', (before, now, expected) => {
    expect(differences(before, now)).toEqual(expected);
  });
});
