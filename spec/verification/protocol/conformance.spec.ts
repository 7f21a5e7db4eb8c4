import { afterAll, beforeAll } from 'vitest';
import { openEngine } from '../../../src/engine/index.ts';
import { correctKit, subjectOf } from '../../../src/subjects/index.ts';
import { enginesOf, subprocessSubject, SubjectSession } from '../../../src/verification/protocol/index.ts';
import type { Subject } from '../../../src/verification/subject.ts';
import { MAIN } from '../../cli/plumbline.ts';
import { conforms } from './conformance.ts';

const session = new SubjectSession({
  command: `"${process.execPath}" "${MAIN}" serve --engine wasm`,
  client: { name: 'spec', version: '1' },
  startLimitMs: 60_000,
  requestLimitMs: 30_000,
});
let [inProcess, served]: [Subject | undefined, Subject | undefined] = [undefined, undefined];

beforeAll(async () => {
  const engine = await openEngine('wasm');
  inProcess = subjectOf(correctKit, engine);
  const said = await session.open();
  const [own] = enginesOf(said);
  if (own === undefined) throw new Error('it names no engine');
  served = subprocessSubject({ session, said, engine: own, arithmetic: engine.arithmetic });
}, 90_000);

afterAll(() => session.close());

const opened = (subject: Subject | undefined): Subject => {
  if (subject === undefined) throw new Error('it is not open');
  return subject;
};

conforms(
  'a subject of this process',
  () => opened(inProcess),
  () => opened(inProcess),
);
conforms(
  'a subject of another process',
  () => opened(served),
  () => opened(inProcess),
);
