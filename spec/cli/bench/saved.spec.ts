import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchExitCode } from '../../../src/benchmarking/report.ts';
import type { BenchReport } from '../../../src/benchmarking/report.ts';
import type { BenchmarkOutcome } from '../../../src/benchmarking/result.ts';
import type { SavedReport } from '../../../src/cli/bench/saved.ts';
import { againstBaseline, coversSaved, readBaseline } from '../../../src/cli/bench/saved.ts';
import { benchJson } from '../../../src/reporting/bench-json.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-'));

const ENVIRONMENT = { system: 'linux', processor: 'some', processors: 2, node: '20', threads: 1 };
const OPTIONS = { threshold: 0.05, benchmarks: [], force: false } as const;

interface Made {
  readonly benchmark?: string;
  readonly ms?: number;
  readonly kernels?: number;
  readonly version?: string;
  readonly device?: string;
  readonly parts?: number;
}

/** A benchmark of eight processes with a little noise. */
function outcomeWith({
  benchmark = 'mine',
  ms = 1,
  kernels = 20,
  version = '4.22.0',
  device,
  parts,
}: Made = {}): BenchmarkOutcome {
  const memory = { rssBytes: 1e8, heapBytes: 1e7, externalBytes: 1e6, peakRssBytes: 1e8 };
  const counts = { units: 20, kernels, alive: { tensors: 3, bytes: 12 }, grown: { tensors: 0, bytes: 0 } };
  const engine = { version, ...(device === undefined ? {} : { device }) };
  const processes = Array.from({ length: 8 }, (_, index) => {
    const latency = ms * (1 + 0.001 * index);
    return { latenciesMs: [latency, latency], counts, memory, engine };
  });
  return {
    benchmark,
    engine: 'webgpu',
    unit: 'step',
    ...(parts === undefined ? {} : { parts: { name: 'samples', count: parts } }),
    status: 'measured',
    result: { processes, points: [], growth: [] },
  };
}

function reportOf(outcomes: readonly BenchmarkOutcome[], more: Partial<BenchReport> = {}): BenchReport {
  return {
    kind: 'plumbline bench report',
    format: 1,
    versions: {},
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    environment: ENVIRONMENT,
    options: { processes: 8, timeMs: 1000, threshold: 0.05, budgetBytes: 512 },
    outcomes,
    ...more,
  };
}

/** What `--save` writes, read back. */
function saved(outcomes: readonly BenchmarkOutcome[], more: Partial<BenchReport> = {}): SavedReport {
  const file = join(folder(), 'last.json');
  writeFileSync(file, benchJson(reportOf(outcomes, more)));
  return readBaseline(file, ENVIRONMENT, { timeMs: 1000, force: false });
}

/** The outcomes now, beside those then, with the exit code. */
function compared(now: readonly BenchmarkOutcome[], then: SavedReport, force = false) {
  const outcomes = againstBaseline(now, then, { ...OPTIONS, force }, false);
  const report = reportOf(outcomes, { against: 'last.json' });
  return { outcomes, code: benchExitCode(report), covers: coversSaved(report, then) };
}

describe('a baseline', () => {
  it('of the same is the same, and may be replaced', () => {
    expect(compared([outcomeWith()], saved([outcomeWith()]))).toMatchObject({
      outcomes: [{ baseline: { time: { verdict: 'same' }, counts: [] } }],
      code: 0,
      covers: true,
    });
  });

  it('tells other counts', () => {
    const { outcomes, code } = compared([outcomeWith({ kernels: 24 })], saved([outcomeWith()]));
    expect(outcomes).toMatchObject([
      { baseline: { counts: [{ count: 'kernels', against: [20], own: [24] }] } },
    ]);
    expect(code).toBe(0);
  });

  it.each([
    ['another GPU', { device: 'one' }, { device: 'another' }, 'webgpu was 4.22.0 on one then'],
    ['another version', { version: '4.21.0' }, {}, 'webgpu was 4.21.0 then, and is 4.22.0 now'],
  ])('%s is not compared, unless forced', (_what, then, now, why) => {
    const before = saved([outcomeWith(then)]);
    expect(compared([outcomeWith(now)], before)).toMatchObject({
      outcomes: [{ unlikeBaseline: expect.stringContaining(why) as string }],
      code: 2,
      covers: false,
    });
    expect(compared([outcomeWith(now)], before, true)).toMatchObject({ code: 0 });
  });

  it('other parts of a unit are another unit', () => {
    const { outcomes, code } = compared([outcomeWith({ parts: 1024 })], saved([outcomeWith({ parts: 512 })]));
    expect(outcomes).toMatchObject([{ unlikeBaseline: 'a step is made of other parts in the baseline' }]);
    expect(code).toBe(2);
    expect(compared([outcomeWith({ parts: 512 })], saved([outcomeWith({ parts: 512 })])).code).toBe(0);
  });

  it('is not replaced by what is undecided, or only a part of it', () => {
    const two = saved([outcomeWith(), outcomeWith({ benchmark: 'other' })]);
    const asked = { ...OPTIONS, benchmarks: ['mine,none'] };
    const part = reportOf(againstBaseline([outcomeWith()], two, asked, false), { against: 'last.json' });
    expect(benchExitCode(part)).toBe(0);
    expect(coversSaved(part, two)).toBe(false);
    // Surely another time, and surely less than the threshold from one that would count.
    const wide = saved([outcomeWith({ ms: 1.0495 })]);
    expect(compared([outcomeWith({ ms: 1.1 })], wide)).toMatchObject({
      outcomes: [{ baseline: { time: { verdict: 'inconclusive' } } }],
      code: 0,
      covers: false,
    });
  });

  it('that is not whole is refused', () => {
    expect(() => saved([outcomeWith()], { partial: 'interrupted by the user' })).toThrow(
      /baseline-invalid[\s\S]*not whole: interrupted by the user/,
    );
  });
});
