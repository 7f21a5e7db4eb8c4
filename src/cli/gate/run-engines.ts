import { availableParallelism } from 'node:os';
import { Listr } from 'listr2';
import { describeEngine } from '../../engine/index.ts';
import type { GateEvent } from '../../verification/gate-events.ts';
import type { EngineOutcome, GateResults } from '../../verification/gate-report.ts';
import { resultsOf } from '../../verification/gate-report.ts';
import { listenForInterruption } from '../interruption.ts';
import type { EngineAssignment, RunningEngine } from './engine-process.ts';
import { startEngine } from './engine-process.ts';
import { Progress } from './progress.ts';

export interface RunEnginesOptions {
  readonly engines: readonly string[];
  /** The user named the engines. */
  readonly requested: boolean;
  readonly assignment: Omit<EngineAssignment, 'engine' | 'isFirstEngine'>;
}

export interface RunEnginesOutcome {
  readonly engines: readonly EngineOutcome[];
  readonly results: GateResults;
  /** By whom, if anyone. */
  readonly interruptedBy?: string;
}

/** Gates every engine that is here, as many at a time as there are cores, with live progress; Ctrl-C and SIGTERM keep what is known. */
export async function runEngines(options: RunEnginesOptions): Promise<RunEnginesOutcome> {
  const events: GateEvent[] = [];
  const running = new Set<RunningEngine>();
  const outcomes = new Map<string, EngineOutcome>();
  const interruption = listenForInterruption(() => {
    for (const engine of running) engine.stop();
  });

  // An engine that was ended with the gate did not fail.
  const interrupted = (): string | undefined =>
    interruption.signal.aborted ? `interrupted by ${interruption.by() ?? 'a signal'}` : undefined;

  const here = options.engines.filter((engine) => describeEngine(engine).status === 'here');
  for (const engine of options.engines) {
    const description = describeEngine(engine);
    if (description.status === 'here') continue;
    const { reason, remedy } = description;
    outcomes.set(engine, {
      engine,
      status: 'not-checked',
      requested: options.requested,
      reason,
      ...(remedy === undefined ? {} : { remedy }),
    });
  }

  const judge = async (engine: string, show: (line: string) => void): Promise<void> => {
    if (interruption.signal.aborted) {
      outcomes.set(engine, {
        engine,
        status: 'not-checked',
        requested: options.requested,
        reason: 'interrupted before it began',
      });
      return;
    }
    const progress = new Progress(options.assignment.laws.length, options.assignment.faults.length);
    const own: GateEvent[] = [];
    const process = startEngine(
      { ...options.assignment, engine, isFirstEngine: engine === here[0] },
      (event) => {
        own.push(event);
        events.push(event);
        show(progress.after(event));
      },
    );
    running.add(process);
    const end = await process.end;
    running.delete(process);
    const opened = own.find((event) => event.type === 'opened');
    outcomes.set(engine, {
      engine,
      status: end.opened ? 'judged' : 'not-checked',
      requested: options.requested || !end.opened,
      ...(opened === undefined ? {} : { identity: opened.identity }),
      ...(end.reason === undefined ? {} : { reason: interrupted() ?? end.reason }),
    });
  };

  try {
    await new Listr(
      here.map((engine) => ({
        title: engine,
        task: (_context, task) =>
          judge(engine, (line) => {
            task.title = `${engine}  ${line}`;
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
  const engines = options.engines.flatMap((engine) => outcomes.get(engine) ?? []);
  const by = interruption.by();
  return { engines, results: resultsOf(events), ...(by === undefined ? {} : { interruptedBy: by }) };
}
