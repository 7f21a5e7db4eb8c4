import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { FAULTS, LAWS } from '../../../invariants/index.ts';
import type { EngineName } from '../../../src/engine/index.ts';
import { describeEngine } from '../../../src/engine/index.ts';
import type { GateReport } from '../../../src/verification/gate-report.ts';
import { complaintsOf } from '../../../src/verification/gate-report.ts';
import { plumbline } from '../plumbline.ts';

// The whole gate on each engine that is here: every law, every fault that concerns the engine. What needs a long training is
// for `gate:full`, and is named where it is left out.

/** Seeds of the kill matrix: more on the engines that most users train on, and that are fast. */
const POWER_SEEDS: Readonly<Record<string, string>> = { wasm: '5', tensorflow: '5' };

/** Cases a law, where a training step is a thousand dispatches on a driver in software: `gate:full` has all of them. */
const RUNS: Readonly<Record<string, string>> = { webgpu: '4' };

/** A gate that hangs is ended; SwiftShader on a busy machine takes 20 minutes. */
const TIMEOUT_MS = 2_700_000;

/** The gate on an engine, or what is said where it is missing; a file an engine, so that they run side by side. */
export function describeGateOn(engine: EngineName): void {
  const description = describeEngine(engine);
  describe(`the gate on ${engine}`, () => {
    if (description.status === 'here') gateOn(engine);
    else
      test('is not checked, which is said with the command that adds the engine', async () => {
        const { code, stdout, stderr } = await plumbline(['gate', '--engines', engine, '--laws', 'engine/*']);
        expect(code).toBe(2);
        expect(stdout + stderr).toContain(description.remedy);
      });
  });
}

function gateOn(engine: EngineName): void {
  let report: GateReport;
  let code: number | null;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
    const file = join(folder, 'report.json');
    const args = ['--engines', engine, '--power-seeds', POWER_SEEDS[engine] ?? '1', '--json', file];
    const runs = RUNS[engine];
    if (runs !== undefined) args.push('--runs', runs);
    ({ code } = await plumbline(['gate', ...args, '--counterexamples', folder]));
    report = JSON.parse(readFileSync(file, 'utf8')) as GateReport;
  }, TIMEOUT_MS);

  test('ends with 0', () => {
    expect(complaintsOf(report)).toEqual([]);
    expect(code).toBe(0);
  });

  const laws = LAWS.filter(({ nightly }) => nightly !== true);
  test.each(laws.map(({ id }) => id))('%s holds', (id) => {
    const verdicts = report.laws.filter(({ law }) => law === id);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['holds']);
  });

  // Faults that touch no tensor are injected once in a gate, on its first engine.
  const concerned = FAULTS.filter(
    ({ engines, nightly }) =>
      nightly !== true && (engines === 'all' || engines === 'host' || engines.includes(engine)),
  );

  test('names the faults that it leaves out', () => {
    expect(report.leftOut).toEqual(FAULTS.filter(({ nightly }) => nightly === true).map(({ id }) => id));
  });

  test.each(concerned.map(({ id }) => id))('%s is killed', (id) => {
    const outcomes = report.cells.filter(({ fault }) => fault === id).map(({ outcome }) => outcome);
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.filter((outcome) => outcome !== 'killed')).toEqual([]);
  });
}
