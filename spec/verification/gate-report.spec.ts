import { describe, expect, test } from 'vitest';
import type { GateReport } from '../../src/verification/gate-report.ts';
import { complaintsOf, exitCodeOf } from '../../src/verification/gate-report.ts';
import type { LawVerdict } from '../../src/verification/verdict.ts';

const holds: LawVerdict = {
  law: 'toy/doubles',
  subject: 'toy',
  engine: 'wasm',
  verdict: 'holds',
  runs: 100,
  seed: 1,
  coverage: [],
  durationMs: 1,
};

const passed: GateReport = {
  kind: 'plumbline gate report',
  format: 1,
  versions: {},
  startedAt: '2000-01-01T00:00:00.000Z',
  durationMs: 1,
  options: {
    runs: 100,
    seed: 1,
    powerSeeds: [1],
    laws: ['toy/doubles'],
    strict: false,
    power: true,
  },
  engines: [
    { engine: 'wasm', status: 'judged', requested: false },
    { engine: 'webgpu', status: 'not-checked', requested: false, reason: 'not here' },
  ],
  replays: [],
  controls: [{ law: 'toy/doubles', engine: 'wasm', verdict: 'violated' }],
  laws: [holds],
  cells: [{ fault: 'toy/triples', law: 'toy/doubles', engine: 'wasm', outcome: 'killed', seeds: [] }],
  leftOut: [],
};

const cell = passed.cells[0];
if (cell === undefined) throw new Error('the example has a cell');

describe('exit codes of a gate', () => {
  test('0: everything holds; an absent engine that nobody asked for is no complaint', () => {
    expect(exitCodeOf(passed)).toBe(0);
    expect(complaintsOf(passed)).toEqual([]);
  });

  test.each<[string, 0 | 1 | 2, Partial<GateReport>]>([
    ['a violated law', 1, { laws: [{ ...holds, verdict: 'violated' }] }],
    [
      'a control that is accepted',
      1,
      { controls: [{ law: 'toy/doubles', engine: 'wasm', verdict: 'holds' }] },
    ],
    ['a fault that survives', 1, { cells: [{ ...cell, outcome: 'survived' }] }],
    [
      'a counterexample that violates again',
      1,
      { replays: [{ file: 'x.json', law: 'toy/doubles', engine: 'wasm', verdict: 'violated' }] },
    ],
    ['a fault that crashed instead', 2, { cells: [{ ...cell, outcome: 'not-judged' }] }],
    [
      'a law that was not checked',
      2,
      { laws: [{ ...holds, verdict: 'not-checked', reason: 'operation missing' }] },
    ],
    [
      'an engine that was asked for and is not here',
      2,
      { engines: [{ engine: 'webgpu', status: 'not-checked', requested: true, reason: 'not here' }] },
    ],
    [
      'an engine whose process ended early',
      2,
      { engines: [{ engine: 'wasm', status: 'judged', requested: false, reason: 'signal SIGSEGV' }] },
    ],
    ['no law at all', 2, { laws: [] }],
    ['a partial report', 2, { partial: 'interrupted by the user' }],
    ['an inconclusive law', 0, { laws: [{ ...holds, verdict: 'inconclusive' }] }],
    [
      'an inconclusive law under --strict',
      2,
      { laws: [{ ...holds, verdict: 'inconclusive' }], options: { ...passed.options, strict: true } },
    ],
    [
      'a violation beside what could not be judged',
      1,
      { laws: [{ ...holds, verdict: 'violated' }], partial: 'interrupted' },
    ],
  ])('%s: %i', (_what, code, change) => {
    expect(exitCodeOf({ ...passed, ...change })).toBe(code);
  });
});
