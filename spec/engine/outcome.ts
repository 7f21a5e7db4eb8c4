import { openEngine } from '../../src/engine/index.ts';
import { PlumblineError } from '../../src/errors.ts';

/** The code of the refusal, or `opened`: never the engine itself, which takes a test runner half a minute to print. */
export async function outcomeOf(...asked: Parameters<typeof openEngine>): Promise<string> {
  return (await refusalOf(...asked))?.code ?? 'opened';
}

/** The refusal of an engine; `undefined` if it was opened. */
export async function refusalOf(
  ...asked: Parameters<typeof openEngine>
): Promise<PlumblineError | undefined> {
  try {
    const { close } = await openEngine(...asked);
    // So that the next one is opened anew.
    close();
    return undefined;
  } catch (error) {
    if (error instanceof PlumblineError) return error;
    throw error;
  }
}
