import { isDeepStrictEqual } from 'node:util';
import { distance } from 'fastest-levenshtein';
import fc from 'fast-check';
import { PlumblineError, SubjectError } from '../../errors.ts';
import { toBitExact } from '../bit-exact.ts';
import { benchOf, judgeCase } from '../judge-case.ts';
import type { Law } from '../law.ts';
import type { InputOf, Operation, OutputOf } from '../operation.ts';
import { OPERATIONS } from '../operations.ts';
import type { Subject } from '../subject.ts';
import { echoFailures } from './echo.ts';
import type { HelloResult } from './messages.ts';
import { META_DEVICE } from './messages.ts';
import type { SubjectSession } from './subject-session.ts';
import type { SubjectEngine } from './subprocess-subject.ts';

/** One thing that an adapter must do, and whether it does. */
export interface AdapterCheck {
  readonly engine: string;
  readonly what: string;
  readonly passed: boolean;
  readonly found: string;
}

export interface ValidateOptions {
  readonly laws: readonly Law[];
  readonly seed: number;
  readonly engine: SubjectEngine;
  /** What does not depend on the engine is checked once. */
  readonly isFirst: boolean;
  /** What the subject calls operations that it has another name for. */
  readonly renamed: Readonly<Record<string, string>>;
}

/** Cases of a law from which requests are taken. */
const CASES = 2;

/** Checks the adapter and nothing of the models: whether requests reach them and answers come back as they are. */
export async function validateAdapter(
  { laws, seed, engine, isFirst, renamed }: ValidateOptions,
  { session, said }: { readonly session: SubjectSession; readonly said: HelloResult },
  subject: Subject,
): Promise<readonly AdapterCheck[]> {
  const checks: AdapterCheck[] = [];
  const add = (what: string, problems: readonly string[], found: string): void => {
    checks.push({
      engine: engine.name,
      what,
      passed: problems.length === 0,
      found: problems.length === 0 ? found : problems.join('; '),
    });
  };
  if (isFirst) {
    add('values come back bit for bit', await echoFailures(session), 'they do');
    add('operations are those of contracts', strangers(said, renamed), `${said.operations.length} are`);
    add('what is not there is refused', await refusals(session, engine), 'it is');
  }
  if (engine.device === META_DEVICE) return checks;
  for (const [operation, requests] of await requestsOf(laws, seed, subject)) {
    const problems = [...new Set(requests.flatMap(({ problem }) => problem ?? []))];
    if (problems.length === 0 && said.deterministic) problems.push(...(await repetitions(requests, subject)));
    const slowest = Math.max(...requests.map(({ ms }) => ms));
    add(operation, problems, `${requests.length} requests, the slowest in ${slowest.toFixed(1)} ms`);
  }
  return checks;
}

/** Names that no contract has: an operation that is spelt wrong would never be asked. */
function strangers(
  { operations }: HelloResult,
  renamed: Readonly<Record<string, string>>,
): readonly string[] {
  const known = OPERATIONS.map(({ name }) => name);
  return operations
    .filter((name) => !known.includes(name) && !Object.values(renamed).includes(name))
    .map((name) => {
      const [nearest = ''] = known.toSorted((a, b) => distance(name, a) - distance(name, b));
      return `no contract has ${name}; did you mean ${nearest}?`;
    });
}

/** A subject that answers what it does not have would pass laws that it was never asked about. */
async function refusals(
  session: SubjectSession,
  { dtype, device }: SubjectEngine,
): Promise<readonly string[]> {
  const operation = 'plumbline.noSuchOperation';
  try {
    const answer = await session.ask('call', { operation, input: {}, dtype, device });
    return [`an operation that is not there was answered: ${JSON.stringify(answer)}`];
  } catch (error) {
    if (error instanceof SubjectError && error.code === 'operation-missing') return [];
    return [`an operation that is not there was refused in another way: ${storyOf(error)}`];
  }
}

interface Asked {
  readonly operation: Operation;
  readonly input: unknown;
  readonly answer: unknown;
  readonly ms: number;
  readonly problem?: string;
}

/** Requests that laws make of the subject, by operation, and what came of them. */
async function requestsOf(
  laws: readonly Law[],
  seed: number,
  subject: Subject,
): Promise<ReadonlyMap<string, readonly Asked[]>> {
  const asked = new Map<string, Asked[]>();
  const recording: Subject = {
    ...subject,
    async call<O extends Operation>(operation: O, input: InputOf<O>): Promise<OutputOf<O>> {
      const began = performance.now();
      const keep = (rest: Pick<Asked, 'answer' | 'problem'>): void => {
        const list = asked.get(operation.name) ?? [];
        list.push({ operation, input, ms: performance.now() - began, ...rest });
        asked.set(operation.name, list);
      };
      try {
        const answer = await subject.call(operation, input);
        keep({ answer });
        return answer;
      } catch (error) {
        // A refusal that a contract names is an answer.
        keep(isRefusal(error) ? { answer: undefined } : { answer: undefined, problem: storyOf(error) });
        throw error;
      }
    },
  };
  for (const law of laws.filter(
    ({ nightly, needs }) => nightly !== true && needs.every((one) => subject.has(one)),
  )) {
    subject.beginLaw?.();
    const bench = benchOf(law, recording);
    for (const sample of fc.sample(law.cases, { numRuns: CASES, seed })) {
      // What a law makes of an answer is the gate's business.
      await judgeCase(law, bench, sample).catch((error: unknown) => {
        if (!(error instanceof PlumblineError)) throw error;
      });
    }
  }
  return asked;
}

/** The first request is asked once more, behind another: an answer that is kept from one to the next gives itself away. */
async function repetitions(requests: readonly Asked[], subject: Subject): Promise<readonly string[]> {
  const [first, other = first] = requests;
  if (first === undefined || other === undefined || first.answer === undefined) return [];
  let again: unknown;
  try {
    // Refused or not, it comes between.
    await subject.call(other.operation, other.input).catch(() => undefined);
    again = await subject.call(first.operation, first.input);
  } catch (error) {
    return [`asked for the second time, ${storyOf(error)}`];
  }
  if (isDeepStrictEqual(toBitExact(again), toBitExact(first.answer))) return [];
  return [
    'the same request had another answer the second time, and the subject says that it is deterministic',
  ];
}

function isRefusal(error: unknown): boolean {
  return error instanceof SubjectError && (error.code === 'domain' || error.code === 'empty');
}

function storyOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\n\s*/g, ' · ').slice(0, 400);
}
