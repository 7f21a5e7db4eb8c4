import type { ControlResult } from './controls.ts';
import type { EngineIdentity, GateEvent } from './gate-events.ts';
import type { Cell } from './kill-matrix.ts';
import type { SettledDeviation } from './ledger.ts';
import type { ReplayResult } from './replay.ts';
import type { LawVerdict } from './verdict.ts';

/** What became of one engine of a gate. */
export interface EngineOutcome {
  readonly engine: string;
  readonly status: 'judged' | 'not-checked';
  /** The user named this engine, so that its absence is not a pass. */
  readonly requested: boolean;
  readonly identity?: EngineIdentity;
  /** Why it was not checked, or not to the end. */
  readonly reason?: string;
  /** The command that adds it, where it is missing. */
  readonly remedy?: string;
}

/** A subject in another process, as it says of itself, and what happened to it. */
export interface SubjectFacts {
  readonly command: string;
  readonly name: string;
  readonly version?: string;
  readonly language: string;
  readonly runtime: string;
  /** Laws that nobody asked for by name, and whose operations it does not have. */
  readonly leftOut: readonly { readonly law: string; readonly missing: readonly string[] }[];
  /** How often it died or broke the protocol and was started again: the story of each. */
  readonly deaths: readonly string[];
}

/** The result of a gate: what every report is made from. */
export interface GateReport {
  readonly kind: 'plumbline gate report';
  readonly format: 1;
  readonly versions: Readonly<Record<string, string>>;
  readonly startedAt: string;
  readonly durationMs: number;
  /** Why it ends early, if it does. */
  readonly partial?: string;
  /** What was gated, where it is a program of its own. */
  readonly subject?: SubjectFacts;
  /** Deviations that are known, and what has become of them. */
  readonly ledger?: readonly SettledDeviation[];
  readonly options: {
    readonly runs: number;
    readonly seed: number;
    readonly powerSeeds: readonly number[];
    readonly laws: readonly string[];
    readonly strict: boolean;
    readonly power: boolean;
  };
  readonly engines: readonly EngineOutcome[];
  readonly replays: readonly ReplayResult[];
  readonly controls: readonly ControlResult[];
  readonly laws: readonly LawVerdict[];
  readonly cells: readonly Cell[];
  /** Faults left out because they need a long training. */
  readonly leftOut: readonly string[];
}

/** What of a report comes out of the events of the engines. */
export type GateResults = Pick<GateReport, 'replays' | 'controls' | 'laws' | 'cells'>;

/** Sorts events into the lists of a report. */
export function resultsOf(events: readonly GateEvent[]): GateResults {
  return {
    replays: events.flatMap((event) => (event.type === 'replayed' ? [event.result] : [])),
    controls: events.flatMap((event) => (event.type === 'controlled' ? [event.result] : [])),
    laws: events.flatMap((event) => (event.type === 'judged' ? [event.verdict] : [])),
    cells: events.flatMap((event) => (event.type === 'cell' ? [event.cell] : [])),
  };
}

/** One reason for which a gate does not end with 0. */
export interface Complaint {
  readonly exitCode: 1 | 2;
  readonly story: string;
}

/**
 * Everything that keeps a gate from ending with 0. 1: a law is violated, a fault survives, a control is accepted.
 * 2: something requested was not judged, nothing was judged at all, the report is partial, or (strict) inconclusive.
 */
export function complaintsOf(report: GateReport): readonly Complaint[] {
  const isKnown = ({ law, engine }: { readonly law: string; readonly engine: string }): boolean =>
    report.ledger?.some((one) => one.law === law && one.engine === engine && one.outcome === 'as expected') ??
    false;
  // A counterexample of another violation of the same law is not the known one.
  const isKnownAgain = ({ law, engine, shrunk, unshrunk }: ReplayResult): boolean =>
    report.ledger?.some(
      (one) =>
        one.law === law &&
        one.engine === engine &&
        one.outcome === 'as expected' &&
        [shrunk, unshrunk].every((measured) => measured?.quantity.includes(one.message) ?? false),
    ) ?? false;
  const complaints: Complaint[] = [
    ...(report.ledger ?? []).flatMap((deviation) => complaintOfLedger(deviation)),
    ...report.replays
      .filter((replayed) => replayed.verdict === 'violated' && !isKnownAgain(replayed))
      .map(({ file, law, engine }) =>
        complain(1, `the counterexample ${file} violates ${law} again on ${engine}`),
      ),
    ...report.laws
      .filter((law) => law.verdict === 'violated' && !isKnown(law))
      .map(({ law, engine }) => complain(1, `${law} is violated on ${engine}`)),
    ...report.controls
      .filter(({ verdict }) => verdict === 'holds' || verdict === 'inconclusive')
      .map(({ law, engine }) => complain(1, `${law} accepts a known-bad subject on ${engine}`)),
    ...report.controls
      .filter((control) => control.verdict === 'not-checked' && !isKnown(control))
      .map(({ law, engine, reason }) =>
        complain(2, `${law} could not be shown a known-bad subject on ${engine}: ${firstLine(reason)}`),
      ),
    ...report.cells
      .filter(({ outcome }) => outcome === 'survived')
      .map(({ fault, law, engine }) => complain(1, `${fault} survives ${law} on ${engine}`)),
    ...report.cells
      .filter(({ outcome }) => outcome === 'not-judged')
      .map(({ fault, law, engine }) => complain(2, `${fault} could not be shown to ${law} on ${engine}`)),
    ...[...report.laws.filter((law) => !isKnown(law)), ...report.replays]
      .filter(({ verdict }) => verdict === 'not-checked')
      .map(({ law, engine, reason }) =>
        complain(2, `${law} was not checked on ${engine}: ${firstLine(reason)}`),
      ),
    ...report.engines
      .filter(
        ({ requested, status, reason }) =>
          (requested && status === 'not-checked') || (status === 'judged' && reason !== undefined),
      )
      .map(({ engine, reason }) => complain(2, `engine ${engine}: ${firstLine(reason)}`)),
  ];
  if (report.options.strict) {
    const open = report.laws.filter((law) => law.verdict === 'inconclusive' && !isKnown(law));
    complaints.push(
      ...open.map(({ law, engine }) => complain(2, `${law} is inconclusive on ${engine} (--strict)`)),
    );
  }
  if (report.laws.every(({ verdict }) => verdict === 'not-checked'))
    complaints.push(complain(2, 'no law was judged'));
  if (report.partial !== undefined) complaints.push(complain(2, `the report is partial: ${report.partial}`));
  return complaints;
}

/** 0 fine, 1 violated, 2 could not judge. A violation weighs more than what could not be judged. */
export function exitCodeOf(report: GateReport): 0 | 1 | 2 {
  const codes = complaintsOf(report).map(({ exitCode }) => exitCode);
  if (codes.includes(1)) return 1;
  return codes.includes(2) ? 2 : 0;
}

function complaintOfLedger({ law, engine, expect, outcome, found }: SettledDeviation): readonly Complaint[] {
  if (outcome === 'as expected') return [];
  const entry = `the ledger expects ${law} to be ${expect} on ${engine}`;
  if (outcome === 'not judged') return [complain(2, `${entry}, and it was not judged: ${found}`)];
  return [complain(1, `${entry}, and ${found}`)];
}

function complain(exitCode: 1 | 2, story: string): Complaint {
  return { exitCode, story };
}

function firstLine(reason: string | undefined): string {
  return (reason ?? 'no reason given').split('\n')[0] ?? '';
}
