import { describe, expect, test } from 'vitest';
import { describeDamage, endsWithLine } from '../damage.ts';
import { readWhole } from '../reading.ts';

const [TABLE, LINES] = ['csv', 'json'].map(
  (extension) => `fixtures/logs/stable-baselines3/run/progress.${extension}`,
) as [string, string];

describe('Stable-Baselines3 progress.csv', () => {
  test('reads as progress.json of the same run', async () => {
    const [table, lines] = [await readWhole([TABLE]), await readWhole([LINES])];
    for (const { runs, problems } of [table, lines]) {
      expect(problems).toEqual([]);
      expect(runs).toHaveLength(1);
      expect(runs[0]?.problems).toEqual([]);
    }
    expect(table.runs[0]?.head.format).toBe('sb3-progress');
    expect(lines.runs[0]?.head.format).toBe('json-lines');
    // The table has the digits of a float32, JSON lines those of the float64 that is nearest to it.
    const rowsOf = ({ runs }: typeof table) =>
      (runs[0]?.rows ?? []).map(({ step, values }) => [
        step,
        Object.entries(values)
          .map(([name, value]) => [name, Math.fround(value)])
          .sort(),
      ]);
    expect(rowsOf(table)).toHaveLength(8);
    expect(rowsOf(table)).toEqual(rowsOf(lines));
    expect(table.runs[0]?.rows.map(({ step }) => step)).toEqual([64, 128, 192, 256, 320, 384, 448, 512]);
  });
});

describeDamage('progress.csv', { path: TABLE, isWhole: endsWithLine });
