import { describe, expect, test } from 'vitest';
import type { GateReport } from '../../src/verification/gate-report.ts';
import { complaintsOf, exitCodeOf } from '../../src/verification/gate-report.ts';
import type { Deviation } from '../../src/verification/ledger.ts';
import { settle } from '../../src/verification/ledger.ts';
import type { LawVerdict } from '../../src/verification/verdict.ts';

const DEVIATION: Deviation = {
  law: 'nk/residuals',
  engine: '*',
  expect: 'violated',
  message: 'IS residual',
  since: '2026-11-01',
  why: 'the sign of ζ is mended in the next release',
};

const measurement = { quantity: 'IS residual', measured: 2, allowed: 1 };
const violating = { sample: {}, measurement, asked: ['nk.residuals'] };

const HOLDS: LawVerdict = {
  law: 'nk/residuals',
  subject: 'mine',
  engine: 'float32@cpu',
  verdict: 'holds',
  runs: 10,
  seed: 1,
  coverage: [],
  durationMs: 1,
};
const VIOLATED: LawVerdict = {
  ...HOLDS,
  verdict: 'violated',
  worst: measurement,
  violation: { shrunk: violating, unshrunk: violating, seed: 1, path: '0' },
};

function reportOf(law: LawVerdict, ledger: readonly Deviation[]): GateReport {
  return {
    kind: 'plumbline gate report',
    format: 1,
    versions: {},
    startedAt: '2026-11-22T00:00:00Z',
    durationMs: 1,
    options: { runs: 10, seed: 1, powerSeeds: [], laws: [law.law], strict: false, power: false },
    engines: [{ engine: law.engine, status: 'judged', requested: true }],
    replays: [],
    controls: [],
    laws: [law],
    cells: [],
    ledger: settle(ledger, [law], [law.law]),
    leftOut: [],
  };
}

describe('a ledger of known deviations', () => {
  test('accepts the deviation that it knows', () => {
    const report = reportOf(VIOLATED, [DEVIATION]);
    expect(report.ledger).toMatchObject([{ engine: 'float32@cpu', outcome: 'as expected' }]);
    expect(exitCodeOf(report)).toBe(0);
  });

  test('accepts no other', () => {
    expect(exitCodeOf(reportOf({ ...VIOLATED, law: 'nk/network' }, [DEVIATION]))).toBe(1);
    expect(exitCodeOf(reportOf(VIOLATED, [{ ...DEVIATION, engine: 'float64@cpu' }]))).toBe(1);
  });

  test('fails when the deviation is gone', () => {
    const report = reportOf(HOLDS, [DEVIATION]);
    expect(exitCodeOf(report)).toBe(1);
    expect(complaintsOf(report)[0]?.story).toContain('take the entry out of the ledger');
  });

  test('fails when the deviation has become another', () => {
    const report = reportOf(VIOLATED, [{ ...DEVIATION, message: 'Phillips residual' }]);
    expect(exitCodeOf(report)).toBe(1);
    expect(complaintsOf(report).map(({ story }) => story)).toEqual([
      expect.stringContaining('with another message: IS residual (the ledger has: Phillips residual)'),
      expect.stringContaining('is violated'),
    ]);
  });

  test('cannot say when the law was not judged', () => {
    const report = reportOf({ ...HOLDS, verdict: 'not-checked', reason: 'time limit' }, [DEVIATION]);
    expect(exitCodeOf(report)).toBe(2);
  });

  test('accepts what is known not to be judged', () => {
    const known: Deviation = { ...DEVIATION, expect: 'not-checked', message: 'time limit' };
    const report = reportOf({ ...HOLDS, verdict: 'not-checked', reason: 'time limit: 3 of 10' }, [known]);
    // But a gate in which nothing at all was judged says nothing.
    expect(complaintsOf(report).map(({ story }) => story)).toEqual(['no law was judged']);
  });

  test('says nothing of laws and engines that were not asked for', () => {
    expect(settle([DEVIATION], [], ['nk/network'])).toEqual([]);
    expect(settle([DEVIATION], [], [DEVIATION.law], [DEVIATION.engine])).toEqual([]);
    expect(settle([DEVIATION], [], [DEVIATION.law])).toMatchObject([{ outcome: 'not judged' }]);
  });
});
