import { openEngine } from '../../engine/index.ts';
import { FAULTS, LAWS } from '../../../invariants/index.ts';
import { correctKit, subjectOf } from '../../subjects/index.ts';
import { parseCounterexample } from '../../verification/counterexample.ts';
import { gateEngine } from '../../verification/gate-engine.ts';
import type { ChildMessage, EngineAssignment } from './engine-process.ts';

// Entry of the process that gates one engine: one assignment in, events out, then it ends.

// Ctrl-C, and the end of a terminal, reach the whole process group; the parent decides what becomes of this process.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);

process.once('message', (message) => {
  void work(message as EngineAssignment);
});

async function work(assignment: EngineAssignment): Promise<void> {
  try {
    const started = performance.now();
    const engine = await openEngine(assignment.engine);
    say({
      type: 'opened',
      identity: {
        engine: engine.name,
        version: engine.version,
        selfTest: engine.selfTest,
        roundoff: engine.arithmetic.roundoff,
        openMs: performance.now() - started,
      },
    });
    await gateEngine(
      {
        ...assignment,
        laws: LAWS.filter(({ id }) => assignment.laws.includes(id)),
        faults: FAULTS.filter(({ id }) => assignment.faults.includes(id)),
        counterexamples: assignment.counterexamples.map(({ file, text }) => ({
          file,
          counterexample: parseCounterexample(text, file),
        })),
      },
      (fault) => subjectOf(fault === undefined ? correctKit : fault.inject(correctKit), engine),
      say,
    );
    last({ type: 'finished' });
  } catch (error) {
    last({ type: 'refused', message: error instanceof Error ? error.message : String(error) });
  }
}

/** The last message; the process ends when it has left. Some native engines would keep the event loop alive. */
function last(message: ChildMessage): void {
  process.send?.(message, () => process.exit());
}

function say(message: ChildMessage): void {
  process.send?.(message);
}
