import type { ControlResult } from './controls.ts';
import type { Cell } from './kill-matrix.ts';
import type { ReplayResult } from './replay.ts';
import type { LawVerdict } from './verdict.ts';

/** What an engine says of itself when it has been opened and has passed its self-test. */
export interface EngineIdentity {
  readonly engine: string;
  readonly version: string;
  /** Largest self-test error over its bound. */
  readonly selfTest: number;
  readonly roundoff: number;
  readonly openMs: number;
}

/** What happens while one engine is gated, in order; plain data, so that it can cross a process border. */
export type GateEvent =
  | { readonly type: 'opened'; readonly identity: EngineIdentity }
  | { readonly type: 'replayed'; readonly result: ReplayResult }
  | { readonly type: 'controlled'; readonly result: ControlResult }
  | { readonly type: 'judging'; readonly law: string }
  | { readonly type: 'judged'; readonly verdict: LawVerdict }
  | { readonly type: 'killing'; readonly fault: string; readonly law: string }
  | { readonly type: 'cell'; readonly cell: Cell };
