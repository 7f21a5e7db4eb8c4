import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../../src/benchmarking/comparison.ts';
import { growthOf } from '../../../src/benchmarking/growth.ts';
import type { BenchReport } from '../../../src/benchmarking/report.ts';
import { benchExitCode } from '../../../src/benchmarking/report.ts';
import type { BenchmarkOutcome, BenchmarkResult } from '../../../src/benchmarking/result.ts';
import { benchTerminal } from '../../../src/reporting/bench-terminal.ts';
import { plain } from '../../../src/reporting/paint.ts';
import { reportOfBench } from '../../../src/reporting/report/from-bench.ts';
import { reportSchema } from '../../../src/reporting/report/report.ts';

const MIB = 2 ** 20;

/** A result of three processes; memory grows by so many bytes a unit. */
function resultOf({ leak = 0, tensors = 0 } = {}): BenchmarkResult {
  const points = Array.from({ length: 25 }, (_, index) => ({
    unit: 1000 * index,
    rssBytes: 100 * MIB + 1000 * index * leak,
    heapBytes: 10 * MIB,
    externalBytes: MIB,
  }));
  const memory = { rssBytes: 100 * MIB, heapBytes: 10 * MIB, externalBytes: MIB, peakRssBytes: 120 * MIB };
  const counts = {
    units: 20,
    kernels: 200,
    alive: { tensors: 7, bytes: 28 },
    grown: { tensors, bytes: 4 * tensors },
  };
  const processes = [1, 1.1, 0.9].map((ms) => ({ latenciesMs: [ms, ms, ms], memory, counts }));
  return { processes, points, growth: growthOf(points) };
}

const comparison = (verdict: Comparison['verdict'], ratio: number): Comparison => ({
  verdict,
  processes: 12,
  ratio,
  lower: ratio - 0.01,
  upper: ratio + 0.01,
  pValue: 0.001,
  visible: 0.06,
  noise: { typical: 0.01, largest: 0.03 },
});

const HEAD = { benchmark: 'step', engine: 'wasm', unit: 'gradient step' } as const;
const SAME = comparison('same', 1);

const compared = (time: Comparison, memory = SAME, own = resultOf()): BenchmarkOutcome => ({
  ...HEAD,
  status: 'compared',
  result: own,
  against: resultOf(),
  comparison: { time, memory, counts: [] },
});

function reportWith(outcomes: readonly BenchmarkOutcome[], more: Partial<BenchReport> = {}): BenchReport {
  return {
    kind: 'plumbline bench report',
    format: 1,
    versions: { plumbline: '0.1.0' },
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    environment: { system: 'linux', processor: 'some', processors: 2, node: '20', threads: 1 },
    commit: 'HEAD (1a2b3c4)',
    options: { processes: 12, timeMs: 1000, threshold: 0.05, budgetBytes: 512 },
    outcomes,
    ...more,
  };
}

const AGAINST = { against: 'HEAD~1 (0a0b0c0)' };

/** Verdict, state of each item by ID, exit code; the report fits its schema, and the terminal says the same. */
function told(report: BenchReport) {
  const made = reportOfBench(report, []);
  expect(reportSchema.safeParse(made).error).toBeUndefined();
  const items = made.groups.flatMap((group) => group.items.map(({ id, state }) => `${id}: ${state}`));
  expect(made.verdict.exitCode).toBe(benchExitCode(report));
  return {
    word: made.verdict.word,
    exitCode: made.verdict.exitCode,
    items,
    text: benchTerminal(report, plain),
  };
}

describe('a report of benchmarks', () => {
  it('measured alone: what does not grow is in order', () => {
    const result = resultOf();
    expect(told(reportWith([{ ...HEAD, status: 'measured', result }]))).toMatchObject({
      word: 'measured',
      exitCode: 0,
      items: ['growth: passed'],
    });
  });

  it('slower is worse, and the terminal says by how much', () => {
    const { text, ...rest } = told(reportWith([compared(comparison('slower', 1.2))], AGAINST));
    expect(rest).toEqual({
      word: 'worse',
      exitCode: 1,
      items: ['time: failed', 'memory: passed', 'counts: passed', 'growth: passed'],
    });
    expect(text).toContain('worse  step on wasm: slower by +20.0 %');
  });

  it('more memory is worse; faster and inconclusive are not', () => {
    const more = reportWith([compared(SAME, comparison('slower', 1.3))], AGAINST);
    expect(told(more)).toMatchObject({
      exitCode: 1,
      items: ['time: passed', 'memory: failed', 'counts: passed', 'growth: passed'],
    });
    const open = reportWith([compared(comparison('inconclusive', 1.1), comparison('faster', 0.8))], AGAINST);
    expect(told(open)).toMatchObject({
      word: 'measured',
      exitCode: 0,
      items: ['time: remark', 'memory: passed', 'counts: passed', 'growth: passed'],
    });
  });

  it('other counts are told, in the report and at the end, and fail nothing', () => {
    const changed = compared(SAME);
    if (changed.status !== 'compared') throw new Error('not compared');
    const counts = [{ count: 'kernels', against: [200], own: [220, 221] }] as const;
    const outcome = { ...changed, comparison: { ...changed.comparison, counts } };
    const said = told(reportWith([outcome], AGAINST));
    expect(said).toMatchObject({
      exitCode: 0,
      items: expect.arrayContaining(['counts: remark']) as string[],
    });
    expect(said.text).toContain('Counted otherwise: step on wasm: kernels 200 → 220–221.');
  });

  it('what is not decided is named beside what is worse', () => {
    const open = { ...compared(comparison('inconclusive', 1.1)), benchmark: 'other' };
    const { text } = told(reportWith([compared(comparison('slower', 1.2)), open], AGAINST));
    expect(text).toContain('Not decided: other on wasm.');
  });

  it('memory of a whole run is not called flat', () => {
    const result = { ...resultOf(), points: [], growth: [] };
    const said = told(reportWith([{ ...HEAD, status: 'measured', result }]));
    expect(said).toMatchObject({ exitCode: 0, items: ['growth: not-checked'] });
    expect(said.text).not.toContain('nothing grows');
  });

  it('says from which size on a leak would show', () => {
    const { text } = told(reportWith([{ ...HEAD, status: 'measured', result: resultOf() }]));
    expect(text).toMatch(/leaks ≥[\s\S]* 512 B/);
  });

  it.each([
    ['bytes', resultOf({ leak: 1000 }), 'bytes of the process a gradient step'],
    ['tensors', resultOf({ tensors: 20 }), '20 tensors stay behind after 20 units'],
  ])('growing %s are worse', (_what, result, text) => {
    const said = told(reportWith([{ ...HEAD, status: 'measured', result }]));
    expect(said).toMatchObject({ word: 'worse', exitCode: 1, items: ['growth: failed'] });
    expect(said.text).toContain(text);
  });

  it('what failed, or has no counterpart, is never a pass; an engine that nobody asked for may be away', () => {
    const good: BenchmarkOutcome = { ...HEAD, status: 'measured', result: resultOf() };
    const away = { ...HEAD, benchmark: 'other', status: 'not-checked', why: 'not here' } as const;
    const failed: BenchmarkOutcome = { ...HEAD, benchmark: 'other', status: 'failed', why: 'no such luck' };
    expect(told(reportWith([good, failed]))).toMatchObject({ word: 'incomplete', exitCode: 2 });
    expect(told(reportWith([good, { ...away, lacks: 'counterpart' }], AGAINST)).exitCode).toBe(2);
    expect(told(reportWith([good, { ...away, lacks: 'engine' }])).exitCode).toBe(0);
    const asked = reportWith([good, { ...away, lacks: 'engine' }]);
    expect(told({ ...asked, options: { ...asked.options, engines: ['wasm'] } }).exitCode).toBe(2);
    expect(told(reportWith([{ ...away, lacks: 'engine' }])).exitCode).toBe(2);
    expect(told(reportWith([]))).toMatchObject({ exitCode: 2 });
  });

  it('an interrupted one is never a pass, nor a baseline that lacks what was measured', () => {
    const good: BenchmarkOutcome = { ...HEAD, status: 'measured', result: resultOf() };
    const partial = told(reportWith([good], { partial: 'interrupted by the user' }));
    expect(partial).toMatchObject({ exitCode: 2, items: ['growth: passed', 'partial: not-checked'] });
    expect(told(reportWith([good], { against: 'last.json' })).exitCode).toBe(2);
    const baseline = { time: SAME, memory: SAME, counts: [] };
    expect(told(reportWith([{ ...good, baseline }], { against: 'last.json' })).exitCode).toBe(0);
  });
});
