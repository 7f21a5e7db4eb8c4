import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diagnosed } from './samples.ts';

it('a finding stands at the first row that is wrong, and not at the last one that was right', async () => {
  const log = join(mkdtempSync(join(tmpdir(), 'plumbline-')), 'log.csv');
  const rows = Array.from({ length: 40 }, (_, step) => `${step},${step < 25 ? 1 / (step + 1) : 'nan'}`);
  writeFileSync(log, ['step,loss', ...rows].join('\n'));
  const report = await diagnosed([log]);
  const item = report.groups.flatMap(({ items }) => items).find(({ id }) => id === 'general/non-finite');
  expect(item?.onset).toEqual({ after: 24, by: 25 });
  // The head is line 1, step 0 line 2.
  expect(item?.places[0]).toMatchObject({ file: log, line: 27 });
});
