import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNkFigures } from '../../../src/reporting/figures/index.ts';
import { log, policies } from './example.ts';

describe('writeNkFigures', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'figures-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('writes three figures, each as SVG and PNG, with the same bytes each time', () => {
    const write = (): readonly Buffer[] =>
      writeNkFigures({ curves: policies(), log: log(20), folder }).map((file) => readFileSync(file));
    const first = write();
    expect(readdirSync(join(folder, 'figures')).sort()).toEqual([
      'loss.png',
      'loss.svg',
      'policy-inflation.png',
      'policy-inflation.svg',
      'policy-output.png',
      'policy-output.svg',
    ]);
    expect(first).toEqual(write());
  });

  it('says where it cannot write', () => {
    writeFileSync(join(folder, 'figures'), '');
    expect(() => writeNkFigures({ curves: policies(), log: log(2), folder })).toThrow('not-writable');
    expect(existsSync(join(folder, 'figures', 'loss.svg'))).toBe(false);
  });
});
