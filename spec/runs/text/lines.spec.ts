import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Line } from '../../../src/runs/text/lines.ts';
import { eachLine } from '../../../src/runs/text/lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function linesOf(content: string | Uint8Array): Promise<Line[]> {
  const file = join(folder, 'text');
  writeFileSync(file, content);
  const lines: Line[] = [];
  await eachLine(
    file,
    (line) => lines.push(line),
    () => undefined,
  );
  return lines;
}

describe('eachLine', () => {
  test('numbers lines, takes line breaks of every system, and says where the last is missing', async () => {
    expect(await linesOf('a\r\n\nb\nc')).toEqual([
      { text: 'a', number: 1, ended: true },
      { text: '', number: 2, ended: true },
      { text: 'b', number: 3, ended: true },
      { text: 'c', number: 4, ended: false },
    ]);
  });

  test('a mark of UTF-8 is none of the text', async () => {
    expect((await linesOf('\uFEFFstep\n'))[0]?.text).toBe('step');
  });

  test('lines and letters go over the borders of what is read at once', async () => {
    const long = 'ä€😀'.repeat(200_000);
    const lines = await linesOf(`${long}\n${long}\n`);
    expect(lines.map(({ text }) => text === long)).toEqual([true, true]);
  });

  test('joined again they are the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[a-zä ]*$/)), async (texts) => {
        const lines = await linesOf(texts.map((text) => `${text}\n`).join(''));
        expect(lines.map(({ text }) => text)).toEqual(texts);
      }),
      { numRuns: 50 },
    );
  });
});
