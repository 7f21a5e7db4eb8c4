import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { watch } from '../../../src/cli/diagnose/watch.ts';
import type { RunVerdict } from '../../../src/diagnosis/index.ts';
import { diagnose } from '../../../src/diagnosis/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-watch-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const row = (step: number, loss: number): string => `${JSON.stringify({ step, loss })}\n`;

const judging = (file: string) => async () => diagnose([file], { today: '2026-01-01', isLive: true });

test('a live run is judged anew as it grows, and the watch ends when it is sick', async () => {
  const file = join(folder, 'live.jsonl');
  writeFileSync(file, Array.from({ length: 30 }, (_, step) => row(step, 0.9 ** step)).join(''));
  const told: RunVerdict[] = [];
  const last = await watch({
    paths: [file],
    everyMs: 20,
    stopOn: 'sick',
    judge: judging(file),
    tell: ({ verdict }) => {
      told.push(verdict);
      // Written as a trainer does, in the middle of the watch.
      if (verdict === 'healthy')
        appendFileSync(
          file,
          Array.from({ length: 30 }, (_, step) => row(30 + step, 10 * (step + 1))).join(''),
        );
    },
    signal: new AbortController().signal,
  });
  expect(last.verdict).toBe('sick');
  expect(told).toEqual(['healthy', 'sick']);
});

test('a record that is still being written is no damage', async () => {
  const file = join(folder, 'half.jsonl');
  writeFileSync(
    file,
    `${Array.from({ length: 30 }, (_, step) => row(step, 0.9 ** step)).join('')}{"step":30,"lo`,
  );
  expect((await judging(file)()).verdict).toBe('healthy');
  expect((await diagnose([file], { today: '2026-01-01' })).verdict).toBe('not-judged');
});

test('Ctrl-C ends it with what was known last', async () => {
  const file = join(folder, 'still.jsonl');
  writeFileSync(file, Array.from({ length: 30 }, (_, step) => row(step, 0.9 ** step)).join(''));
  const stopped = new AbortController();
  const last = await watch({
    paths: [file],
    everyMs: 60_000,
    judge: judging(file),
    tell: () => {
      stopped.abort();
    },
    signal: stopped.signal,
  });
  expect(last.verdict).toBe('healthy');
});
