import { createReadStream } from 'node:fs';
import type { Problem } from '../problem.ts';
import type { JsonPartsTaker } from './json-parts.ts';
import { JsonParts } from './json-parts.ts';

/**
 * Cuts a JSON file into its parts as it is read; what is wrong with it, and that it was cut off, is reported.
 *
 * @throws what the file system throws
 */
export async function readJsonParts(
  file: string,
  taker: Omit<JsonPartsTaker, 'wrong'>,
  problem: (problem: Problem) => void,
): Promise<void> {
  const wrong = (what: string, line: number): void => {
    problem({ kind: 'record-not-understood', place: { file, line }, what });
  };
  const parts = new JsonParts({ ...taker, wrong });
  for await (const chunk of createReadStream(file)) {
    parts.write(chunk as Buffer);
    if (parts.isStopped) return;
  }
  const missing = parts.end();
  if (missing === undefined) return;
  problem({
    kind: 'record-cut-off',
    place: { file, line: missing.line },
    what: `${missing.what}; it was cut off`,
  });
}
