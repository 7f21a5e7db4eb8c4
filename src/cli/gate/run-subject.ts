import { availableParallelism } from 'node:os';
import { Listr } from 'listr2';
import { PlumblineError } from '../../errors.ts';
import type { EngineIdentity, GateEvent } from '../../verification/gate-events.ts';
import { gateEngine } from '../../verification/gate-engine.ts';
import type { EngineOutcome, SubjectFacts } from '../../verification/gate-report.ts';
import { resultsOf } from '../../verification/gate-report.ts';
import type { Law } from '../../verification/law.ts';
import { parseCounterexample } from '../../verification/counterexample.ts';
import {
  FaultyAdapter,
  META_DEVICE,
  PROTOCOL_FAULTS,
  showProtocolFaults,
} from '../../verification/protocol/index.ts';
import type { HelloResult, SubjectEngine } from '../../verification/protocol/index.ts';
import { listenForInterruption } from '../interruption.ts';
import { openSubject, subjectOn } from '../subject/open.ts';
import type { OpenSubject } from '../subject/open.ts';
import type { SubjectDeclaration } from '../subject/declaration.ts';
import type { EngineAssignment } from './engine-process.ts';
import { gateMeta } from './gate-meta.ts';
import { Progress } from './progress.ts';
import type { RunEnginesOutcome } from './run-engines.ts';

export interface RunSubjectOptions {
  readonly declaration: SubjectDeclaration;
  readonly said: HelloResult;
  readonly engines: readonly SubjectEngine[];
  /** Laws to judge, in their order. */
  readonly laws: readonly Law[];
  readonly assignment: Omit<EngineAssignment, 'engine' | 'isFirstEngine' | 'laws' | 'faults'>;
  /** Whether the faults of the protocol are shown. */
  readonly power: boolean;
}

/** Gates a subject on each of its engines, in a process of its own for each; then breaks its adapter, on the first. */
export async function runSubject(
  options: RunSubjectOptions,
): Promise<RunEnginesOutcome & { readonly deaths: SubjectFacts['deaths'] }> {
  const { declaration, engines } = options;
  const events: GateEvent[] = [];
  const open = new Set<OpenSubject>();
  const outcomes = new Map<string, EngineOutcome>();
  const deaths: string[] = [];
  const interruption = listenForInterruption(() => {
    for (const { session } of open) session.stop();
  });

  const gateOn = async (engine: SubjectEngine, show: (line: string) => void): Promise<void> => {
    const isFirst = engine === engines.find(({ device }) => device !== META_DEVICE);
    const progress = new Progress(options.laws.length, isFirst && options.power ? PROTOCOL_FAULTS.length : 0);
    const adapter = new FaultyAdapter();
    const outcome = { engine: engine.name, requested: true };
    const say = (event: GateEvent): void => {
      // What a process that was ended with the gate did not judge is not told of the subject.
      if (interruption.signal.aborted) return;
      events.push(event);
      show(progress.after(event));
    };
    let identity: EngineIdentity | undefined;
    try {
      const started = performance.now();
      const subject = await openSubject(declaration, (lines) => adapter.between(lines));
      open.add(subject);
      try {
        if (interruption.signal.aborted) return;
        identity = identityOf(subject, engine, performance.now() - started);
        say({ type: 'opened', identity });
        await judgeOn(subject, engine, adapter, isFirst, say);
      } finally {
        open.delete(subject);
        await subject.session.close();
        deaths.push(...subject.deaths());
      }
      const by = interruption.by();
      const reason = by === undefined ? {} : { reason: `interrupted by ${by}` };
      outcomes.set(engine.name, { ...outcome, status: 'judged', identity, ...reason });
    } catch (error) {
      const reason = error instanceof PlumblineError ? error.message : String(error);
      outcomes.set(engine.name, {
        ...outcome,
        status: identity === undefined ? 'not-checked' : 'judged',
        ...(identity === undefined ? {} : { identity }),
        reason,
      });
    }
  };

  const judgeOn = async (
    open: OpenSubject,
    engine: SubjectEngine,
    adapter: FaultyAdapter,
    isFirst: boolean,
    say: (event: GateEvent) => void,
  ): Promise<void> => {
    const { counterexamples, ...assignment } = options.assignment;
    const { deadline } = assignment;
    if (engine.device === META_DEVICE) {
      await gateMeta({ laws: options.laws, ...assignment }, open, engine, say);
      return;
    }
    const subject = subjectOn(open, engine);
    const own: GateEvent[] = [];
    await gateEngine(
      {
        ...assignment,
        laws: options.laws,
        faults: [],
        isFirstEngine: isFirst,
        counterexamples: counterexamples.map(({ file, text }) => ({
          file,
          counterexample: parseCounterexample(text, file),
        })),
      },
      () => subject,
      (event) => {
        own.push(event);
        say(event);
      },
    );
    if (!isFirst || !options.power || interruption.signal.aborted) return;
    open.keepDeaths();
    const answered = own.flatMap((event) =>
      event.type === 'judged' && ['holds', 'inconclusive'].includes(event.verdict.verdict)
        ? [event.verdict.law]
        : [],
    );
    await showProtocolFaults(
      {
        laws: options.laws.filter(({ id }) => answered.includes(id)),
        faults: PROTOCOL_FAULTS,
        seed: assignment.seed,
        ...(deadline === undefined ? {} : { deadline }),
      },
      subject,
      adapter,
      (cell) => {
        say({ type: 'cell', cell });
      },
      (fault, law) => {
        say({ type: 'killing', fault, law });
      },
    );
  };

  try {
    await new Listr(
      engines.map((engine) => ({
        title: engine.name,
        task: (_context, task) =>
          gateOn(engine, (line) => {
            task.title = `${engine.name}  ${line}`;
          }),
      })),
      {
        concurrent: Math.max(1, availableParallelism()),
        renderer: process.stdout.isTTY ? 'default' : 'silent',
        registerSignalListeners: false,
      },
    ).run();
  } finally {
    interruption.stop();
  }
  const by = interruption.by();
  return {
    engines: engines.flatMap(({ name }) => outcomes.get(name) ?? []),
    results: resultsOf(events),
    deaths,
    ...(by === undefined ? {} : { interruptedBy: by }),
  };
}

function identityOf(
  { said, arithmetic }: OpenSubject,
  { name, dtype }: SubjectEngine,
  openMs: number,
): EngineIdentity {
  // Tensors come back bit for bit, or the subject would not be open.
  return { engine: name, version: said.runtime, selfTest: 0, roundoff: arithmetic[dtype].roundoff, openMs };
}
