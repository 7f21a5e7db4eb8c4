import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTS, LAWS } from '../../../invariants/index.ts';
import { lawPlaces } from '../../../src/cli/gate/law-place.ts';
import type { DiagnoseOptions } from '../../../src/diagnosis/index.ts';
import { diagnose } from '../../../src/diagnosis/index.ts';
import { openEngine } from '../../../src/engine/index.ts';
import { reportOfDiagnosis } from '../../../src/reporting/report/from-diagnosis.ts';
import { reportOfGate } from '../../../src/reporting/report/from-gate.ts';
import type { Report } from '../../../src/reporting/report/report.ts';
import { correctKit, subjectOf } from '../../../src/subjects/index.ts';
import { gateEngine } from '../../../src/verification/gate-engine.ts';
import type { GateEvent } from '../../../src/verification/gate-events.ts';
import type { GateReport } from '../../../src/verification/gate-report.ts';
import { resultsOf } from '../../../src/verification/gate-report.ts';

/** A run under fixtures/runs, diagnosed. */
export async function diagnosed(
  paths: readonly string[],
  options: Partial<DiagnoseOptions> = {},
): Promise<Report> {
  return reportOfDiagnosis(await diagnose(paths, { today: '2026-01-01', ...options }), {
    facts: [{ name: 'plumbline', value: '0.0.0' }],
    interruptedBy: 'Ctrl-C',
  });
}

/** A gate on wasm of a subject that has a documented bug, or none. */
export async function gated(
  ids: readonly string[],
  faultId?: string,
  changes: Partial<GateReport> = {},
): Promise<GateReport> {
  const engine = await openEngine('wasm');
  try {
    const fault = FAULTS.find(({ id }) => id === faultId);
    const kit = fault === undefined ? correctKit : fault.inject(correctKit);
    const events: GateEvent[] = [];
    await gateEngine(
      {
        laws: LAWS.filter(({ id }) => ids.includes(id)),
        faults: FAULTS.filter(({ killedBy }) => killedBy.some((law) => ids.includes(law))).slice(0, 3),
        runs: 20,
        seed: 7,
        powerSeeds: [7],
        isFirstEngine: true,
        counterexamples: [],
      },
      (shown) => subjectOf(shown === undefined ? kit : shown.inject(kit), engine),
      (event) => events.push(event),
    );
    const results = resultsOf(events);
    return {
      kind: 'plumbline gate report',
      format: 1,
      versions: { plumbline: '0.0.0' },
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 1000,
      options: { runs: 20, seed: 7, powerSeeds: [7], laws: ids, strict: false, power: true },
      engines: [
        { engine: 'wasm', status: 'judged', requested: true },
        { engine: 'webgpu', status: 'not-checked', requested: false, reason: 'not here', remedy: 'add it' },
      ],
      ...results,
      // How long it took is no part of what is compared.
      laws: results.laws.map((law) => ({ ...law, durationMs: 5 })),
      leftOut: [],
      ...changes,
    };
  } finally {
    engine.close();
  }
}

export function gateReportOf(report: GateReport): Report {
  return reportOfGate(report, {
    laws: LAWS,
    faults: FAULTS,
    placeOf: lawPlaces(),
    replayCommand: (law, engine) => `npx plumbline replay ${law} --engine ${engine}`,
    counterexampleOf: (law) => `fixtures/counterexamples/${law.replaceAll('/', '-')}.json`,
  });
}

/** Names that do harm where they are not escaped: in markup, in tables, in workflow commands, at a terminal. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  ']]>&amp;<![CDATA[',
  'a|b`c`*d*_e_[f](javascript:alert(1))',
  '@everyone \n::error::stolen',
  '\u001b[31mred\u0000\u0007',
  '\u202egnirts',
  '\ud800 half \uffff',
  '</details><summary>',
] as const;

/** A log whose metrics have such names, and whose values end as what is no number. */
export function hostileLog(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-hostile-'));
  const rows = Array.from({ length: 30 }, (_, step) =>
    JSON.stringify({
      step,
      loss: 1 / (step + 1),
      ...Object.fromEntries(HOSTILE.map((name) => [name, step < 20 ? step : 'NaN'])),
    }),
  );
  const file = join(folder, 'log.jsonl');
  writeFileSync(file, `${rows.join('\n').replaceAll('"NaN"', 'NaN')}\n`);
  return file;
}
