import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Cause } from '../../src/diagnosis/index.ts';
import { diagnose } from '../../src/diagnosis/index.ts';

const OPTIONS = { today: '2026-01-01' };
const folder = mkdtempSync(join(tmpdir(), 'plumbline-diagnosis-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const below = (causes: readonly Cause[]): readonly string[] =>
  causes.flatMap(({ outcome, consequences }) => [outcome.check.id, ...below(consequences)]);

const storyOf = async (path: string) => {
  const { runs, verdict } = await diagnose([path], OPTIONS);
  const [first] = runs;
  const [cause] = first?.causes ?? [];
  const consequences = below(cause?.consequences ?? []);
  return { verdict, cause: cause?.outcome.check.id, consequences, list: first?.checklist };
};

describe('the recorded runs', () => {
  test('explosion: the critic predicts nothing', async () => {
    expect(await storyOf('fixtures/runs/explosion')).toMatchObject({
      verdict: 'sick',
      cause: 'ppo/zero-predictor',
      list: 'ppo',
    });
  });

  test('explosion-remedy: the normalisation is not called, and the critic predicts nothing as before', async () => {
    const { verdict, cause, consequences } = await storyOf('fixtures/runs/explosion-remedy');
    expect([verdict, cause]).toEqual(['sick', 'ppo/normalisation-absent']);
    expect(consequences).toContain('ppo/zero-predictor');
  });

  test('explosion-averted: healthy', async () => {
    expect((await storyOf('fixtures/runs/explosion-averted')).verdict).toBe('healthy');
  });

  test('explosion-control: no fault, and a clip that takes most gradients: suspect', async () => {
    expect(await storyOf('fixtures/runs/explosion-control')).toMatchObject({
      verdict: 'suspect',
      cause: 'ppo/value-clipped',
    });
  });

  test('labour-collapse: capital goes first, labour follows', async () => {
    const { verdict, cause, consequences } = await storyOf('fixtures/runs/labour-collapse');
    expect([verdict, cause]).toEqual(['sick', 'economics/wealth-collapse']);
    expect(consequences).toContain('economics/labour-collapse');
  });

  test('under-saving: goods appear from the first row on', async () => {
    const { verdict, cause, consequences } = await storyOf('fixtures/runs/under-saving');
    expect([verdict, cause]).toEqual(['sick', 'economics/resource-residual']);
    expect(consequences).toContain('economics/savings-pinned');
  });

  test('hoarders: a few own everything, at conditions that all hold', async () => {
    const { verdict, cause, consequences } = await storyOf('fixtures/runs/hoarders');
    expect([verdict, cause]).toEqual(['sick', 'economics/top-share']);
    expect(consequences).toContain('economics/capital-labour');
  });
});

describe('what was not read or judged', () => {
  const verdictOf = async (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return diagnose([file], OPTIONS);
  };

  test('an empty file is not healthy', async () => {
    expect(await verdictOf('empty.csv', '')).toMatchObject({ verdict: 'not-judged', runs: [] });
  });

  test('a log without a metric that is required is not healthy', async () => {
    const rows = Array.from({ length: 30 }, (_, step) => `${step},${step}`).join('\n');
    const { verdict, runs } = await verdictOf('other.csv', `step,temperature\n${rows}\n`);
    expect(verdict).toBe('not-judged');
    expect(runs[0]?.reason).toContain('needs loss-unweighted or loss');
  });

  test('a healthy log is healthy, and no longer when a line of it is damaged, or its end is cut off', async () => {
    const text =
      Array.from({ length: 40 }, (_, step) => `{"step":${step},"loss":${0.9 ** step}}`).join('\n') + '\n';
    expect((await verdictOf('whole.jsonl', text)).verdict).toBe('healthy');
    const damaged = text.replace('{"step":20,', '{"step":20;');
    expect((await verdictOf('damaged.jsonl', damaged)).verdict).toBe('not-judged');
    expect((await verdictOf('cut.jsonl', text.slice(0, -9))).verdict).toBe('not-judged');
  });

  test('a NaN in the loss is sick, with the line', async () => {
    const text =
      Array.from(
        { length: 40 },
        (_, step) => `{"step":${step},"loss":${step < 30 ? 1 / (step + 1) : 'NaN'}}`,
      ).join('\n') + '\n';
    const { verdict, runs } = await verdictOf('nan.jsonl', text);
    expect(verdict).toBe('sick');
    expect(runs[0]?.causes[0]?.outcome.findings[0]).toMatchObject({
      check: 'general/non-finite',
      onset: { after: 29, by: 30 },
      evidence: [{ step: 29, place: { line: 30 } }, { step: 30 }, { step: 39 }],
    });
  });

  test('no recorded log of another program is healthy where something of it was lost', async () => {
    const { runs } = await diagnose(['fixtures/logs'], OPTIONS);
    expect(runs.length).toBeGreaterThan(30);
    const lost = runs.filter(({ run }) => run.problems.some(({ kind }) => kind === 'record-cut-off'));
    expect(lost.filter(({ verdict }) => verdict === 'healthy')).toEqual([]);
  });
});
