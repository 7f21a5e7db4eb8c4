import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findLogs } from '../../src/runs/index.ts';

const LOG = '{"step":1,"loss":2}\n{"step":2,"loss":1}\n';
let folder: string;
const write = (name: string, content: string): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('findLogs', () => {
  test('finds logs by what is in them, at any depth, and lists what it leaves aside', () => {
    const [one, two] = [write('a/log.txt', LOG), write('a/b/c/metrics', LOG)];
    const other = write('a/notes.md', '# Notes\n');
    const { found, ignored, problems } = findLogs([folder]);
    expect(found.map(({ path, format }) => [path, format.name])).toEqual([
      [one, 'json-lines'],
      [two, 'json-lines'],
    ]);
    expect(ignored).toEqual([other]);
    expect(problems).toEqual([]);
  });

  test('a single object is a configuration, unless its name says that it is a log', () => {
    write('args.json', '{"lr": 0.1}\n');
    const log = write('short.jsonl', '{"step": 1, "loss": 0.1}\n');
    expect(findLogs([folder]).found.map(({ path }) => path)).toEqual([log]);
  });

  test('a file that is named must be a log', () => {
    expect(findLogs([write('notes.md', 'step by step\n')]).problems).toMatchObject([
      { kind: 'format-unknown' },
    ]);
    expect(findLogs([write('nothing', '')]).problems).toMatchObject([{ kind: 'file-empty' }]);
  });

  test('an empty log in a folder is told of', () => {
    const file = write('run/progress.csv', '');
    write('run/__init__.py', '');
    expect(findLogs([folder]).problems).toMatchObject([{ kind: 'file-empty', place: { file } }]);
  });

  test('a log that is damaged at its beginning is told of, by the name that only logs have', () => {
    write('run/progress.csv', 'time/total_timest');
    const utf16 = join(folder, 'metrics.csv');
    writeFileSync(utf16, Buffer.from('\uFEFFstep,loss\n1,2\n', 'utf16le'));
    const { problems } = findLogs([folder]);
    expect(problems.map(({ kind }) => kind)).toEqual(['format-unknown', 'format-unknown']);
    expect(problems.map(({ what }) => what).join()).toContain('UTF-16');
  });

  test('folders of tools are left aside', () => {
    write('node_modules/a/log.jsonl', LOG);
    write('.git/log.jsonl', LOG);
    expect(findLogs([folder])).toMatchObject({
      found: [],
      ignored: [join(folder, '.git'), join(folder, 'node_modules')],
    });
  });

  test('links are not followed: a cycle has no end; one that leads out is told of', () => {
    write('run/log.jsonl', LOG);
    symlinkSync('run', join(folder, 'latest'));
    symlinkSync(tmpdir(), join(folder, 'elsewhere'));
    symlinkSync('nowhere', join(folder, 'broken'));
    const { found, problems } = findLogs([folder]);
    expect(found).toHaveLength(1);
    const links = problems.map(({ kind, place }) => [kind, place.file]);
    expect(links).toEqual(['broken', 'elsewhere'].map((name) => ['link-not-followed', join(folder, name)]));
  });

  test('a path that is not there is refused', () => {
    expect(() => findLogs([join(folder, 'no')])).toThrow(/path-missing/);
  });
});
