import { InputError } from '../errors.ts';
import { openEngine } from './open.ts';
import type { SurveyAnswer } from './survey.ts';

// Entry of the process in which the survey opens one engine, whose name is its argument.

const [, , name = ''] = process.argv;

async function answer(): Promise<SurveyAnswer> {
  const started = performance.now();
  try {
    const engine = await openEngine(name);
    const openMs = performance.now() - started;
    const { arithmetic, checks, device, memory } = engine;
    engine.close();
    return {
      status: 'here',
      openMs,
      ...(device === undefined ? {} : { device }),
      arithmetic,
      checks,
      tensorsAfterClose: memory().tensors,
    };
  } catch (error) {
    const missing = error instanceof InputError && error.code === 'engine-missing';
    return {
      status: missing ? 'missing' : 'refused',
      why: error instanceof Error ? error.message : String(error),
    };
  }
}

// A native engine may keep the event loop alive: the process ends when its answer has left.
const answered = await answer();
process.send?.(answered, () => process.exit());
