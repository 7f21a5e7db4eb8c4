import { writeAtomically } from '../../atomic-write.ts';
import { gateJson } from '../../reporting/gate-json.ts';
import { gateTerminal } from '../../reporting/gate-terminal.ts';
import { paintFor } from '../../reporting/paint.ts';
import { reportOfGate } from '../../reporting/report/from-gate.ts';
import type { GateReport } from '../../verification/gate-report.ts';
import type { LawText } from '../../verification/law.ts';
import type { Reports } from '../report/reports.ts';
import { keyOf, saveCounterexamples } from './counterexamples.ts';
import { lawPlaces } from './law-place.ts';

export interface PublishOptions {
  /** Laws and faults that the report may name. */
  readonly laws: readonly LawText[];
  readonly faults: readonly { readonly id: string; readonly summary: string }[];
  readonly json: string | undefined;
  /** Folder of counterexamples. */
  readonly counterexamples: string;
  /** What a command that replays says of the subject. */
  readonly replayFlag: string;
}

/** Saves counterexamples, prints the report, and writes it in every form that was asked for. */
export async function publishGate(
  report: GateReport,
  reports: Reports,
  options: PublishOptions,
): Promise<void> {
  const { laws, faults } = options;
  const { commands, files, failed } = saveCounterexamples(
    report.laws,
    options.counterexamples,
    options.replayFlag,
  );
  const replayCommand = (law: string, engine: string): string => commands.get(keyOf(law, engine)) ?? '';
  process.stdout.write(gateTerminal(report, { laws, replayCommand, paint: paintFor(process.stdout) }));
  for (const story of failed) process.stderr.write(`plumbline: a counterexample was not saved: ${story}\n`);
  if (options.json !== undefined) writeAtomically(options.json, gateJson(report));
  if (!reports.isAsked) return;
  await reports.publish(
    reportOfGate(report, {
      laws,
      faults,
      placeOf: lawPlaces(),
      replayCommand,
      counterexampleOf: (law, engine) => files.get(keyOf(law, engine)),
    }),
  );
}
