import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReadRun } from './reading.ts';
import { readWhole } from './reading.ts';

/** A small log, and what of it is to be damaged. */
export interface Damaged {
  /** A file, or a folder that is one run. */
  readonly path: string;
  /** The file in the folder. */
  readonly file?: string;
  /** Whether a log that is cut to its first bytes is a whole one, that nobody can tell from a shorter log. */
  readonly isWhole: (bytes: Buffer, length: number) => boolean;
}

/** Text whose records are lines: whole before and behind a line break. */
export function endsWithLine(bytes: Buffer, length: number): boolean {
  return length === 0 || bytes[length] === 10 || bytes[length - 1] === 10;
}

/** Whatever was done to the bytes of a log, what is read of it is what stands there, and the rest is said to be lost. */
export function describeDamage(name: string, { path, file, isWhole }: Damaged, cases = 350): void {
  describe(`${name}, damaged`, () => {
    let folder: string;
    let copy: string;
    let victim: string;
    let bytes: Buffer;
    let whole: string[];
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
      copy = join(folder, basename(path));
      cpSync(path, copy, { recursive: true });
      victim = file === undefined ? copy : join(copy, file);
      bytes = readFileSync(victim);
      whole = pointsOf((await readWhole([copy])).runs);
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });
    const reading = async (damaged: Uint8Array) => {
      writeFileSync(victim, damaged);
      const { runs, problems } = await readWhole([copy]);
      const found = [...problems, ...runs.flatMap((run) => run.problems)];
      return { points: pointsOf(runs), lost: found };
    };

    test('is whole to begin with', async () => {
      const { points, lost } = await reading(bytes);
      expect(points.length).toBeGreaterThan(3);
      expect(lost).toEqual([]);
    });

    test('cut off at any byte: what is read stands in the whole, and a record that is cut is missed', async () => {
      const known = new Set(whole);
      for (let length = 0; length < bytes.length; length += 1) {
        const { points, lost } = await reading(bytes.subarray(0, length));
        expect(
          points.filter((point) => !known.has(point)),
          `cut to ${length} bytes`,
        ).toEqual([]);
        if (lost.length === 0)
          expect(isWhole(bytes, length), `cut to ${length} bytes, and read as whole`).toBe(true);
        for (const { what, place } of lost) {
          expect(what.length).toBeGreaterThan(10);
          expect(place.file.startsWith(folder)).toBe(true);
        }
      }
    });

    test('bytes changed, dropped, doubled: it is read to an end, and nothing is thrown', async () => {
      const edits = fc.array(
        fc.record({
          at: fc.nat(Math.max(0, 4 * 2 ** 10)),
          drop: fc.nat(40),
          insert: fc.oneof(
            fc.uint8Array({ maxLength: 20 }),
            fc.constantFrom('\n', ',', '{', '[', '"', 'NaN', '1e999').map((text) => Buffer.from(text)),
          ),
        }),
        { minLength: 1, maxLength: 4 },
      );
      await fc.assert(
        fc.asyncProperty(edits, async (list) => {
          let damaged = bytes;
          for (const { at, drop, insert } of list) {
            const from = at % (damaged.length + 1);
            damaged = Buffer.concat([damaged.subarray(0, from), insert, damaged.subarray(from + drop)]);
          }
          await reading(damaged);
        }),
        { numRuns: cases },
      );
    });

    test('replaced by noise: no metric is made of it, and it is said', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 500 }), async (noise) => {
          const { lost } = await reading(noise);
          expect(lost.length).toBeGreaterThan(0);
        }),
        { numRuns: cases },
      );
    });
  });
}

function pointsOf(runs: readonly ReadRun[]): string[] {
  return runs.flatMap(({ rows }) =>
    rows.flatMap(({ step, values }) =>
      Object.entries(values).map(([name, value]) => `${name} ${step} ${value}`),
    ),
  );
}
