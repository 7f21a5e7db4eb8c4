import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { requireWritable, writeAtomically } from '../src/atomic-write.ts';

describe('writeAtomically', () => {
  test('makes folders, replaces what was there, leaves nothing beside it', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'plumbline-')), 'a', 'b');
    writeAtomically(join(folder, 'x.json'), 'one');
    writeAtomically(join(folder, 'x.json'), 'two');
    expect(readFileSync(join(folder, 'x.json'), 'utf8')).toBe('two');
    expect(readdirSync(folder)).toEqual(['x.json']);
  });

  test.each(['/dev/null/x.json', '/proc/nowhere/x.json'])('%s: one clear error, at once', (file) => {
    expect(() => {
      writeAtomically(file, 'text');
    }).toThrow(/cannot be written[\s\S]*not-writable[\s\S]*to do:/);
    expect(() => {
      requireWritable(file);
    }).toThrow(/not-writable/);
  });

  test('a folder in the place of the file: the folder stays, no temporary file does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
    writeAtomically(join(folder, 'taken', 'inside.json'), 'text');
    expect(() => {
      writeAtomically(join(folder, 'taken'), 'text');
    }).toThrow(/not-writable/);
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});
