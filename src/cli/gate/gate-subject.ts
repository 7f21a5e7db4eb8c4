import { LAWS } from '../../../invariants/index.ts';
import { requireWritable } from '../../atomic-write.ts';
import { InputError } from '../../errors.ts';
import { DERIVED_OPERATIONS } from '../../verification/derived/index.ts';
import type { GateReport, SubjectFacts } from '../../verification/gate-report.ts';
import { exitCodeOf } from '../../verification/gate-report.ts';
import type { Law } from '../../verification/law.ts';
import { settle } from '../../verification/ledger.ts';
import type { Operation } from '../../verification/operation.ts';
import { OPERATIONS } from '../../verification/operations.ts';
import type { SubjectEngine } from '../../verification/protocol/index.ts';
import { enginesOf, META_DEVICE_LAW, PROTOCOL_FAULTS } from '../../verification/protocol/index.ts';
import { versions } from '../../version.ts';
import { choose } from '../choose.ts';
import { openReports } from '../report/reports.ts';
import type { SubjectDeclaration } from '../subject/declaration.ts';
import { enginesToJudge } from '../subject/engines-to-judge.ts';
import type { OpenSubject } from '../subject/open.ts';
import { openSubject, subjectOn } from '../subject/open.ts';
import { readCounterexamples } from './counterexamples.ts';
import type { GateOptions } from './options.ts';
import { publishGate } from './publish.ts';
import { runSubject } from './run-subject.ts';

/** Gates a subject in another process. */
export async function gateSubject(
  declaration: SubjectDeclaration,
  options: GateOptions,
  files: unknown,
): Promise<number> {
  if (options.json !== undefined) requireWritable(options.json);
  const { laws, isAsked } = lawsToJudge(declaration, options);
  const { deviations } = declaration;
  const folder = options.counterexamples ?? declaration.counterexamples;
  const counterexamples = readCounterexamples(folder).filter((one) => laws.some(({ id }) => id === one.law));
  const reports = openReports(files);

  // What is not there is said before anything is judged.
  const first = await openSubject(declaration);
  await first.session.close();
  const { said } = first;
  const engines = enginesToJudge(said, options.engines ?? declaration.engines?.join(','));
  requireOperations(options.operations, first, engines);
  const leftOut = isAsked ? [] : leftOutOf(laws, first, engines);
  const judged = laws.filter(({ id }) => !leftOut.some(({ law }) => law === id));

  const started = Date.now();
  const outcome = await runSubject({
    declaration,
    said,
    engines,
    laws: judged,
    power: options.power,
    assignment: {
      runs: options.runs,
      seed: options.seed,
      powerSeeds: [],
      counterexamples,
      ...(options.timeLimitMs === undefined ? {} : { deadline: started + options.timeLimitMs }),
    },
  });
  const onMeta = outcome.results.laws.some(({ law }) => law === META_DEVICE_LAW.id);
  const enginesLeft = enginesOf(said)
    .map(({ name }) => name)
    .filter((name) => !engines.some((engine) => engine.name === name));
  const ids = [...judged.map(({ id }) => id), ...(onMeta ? [META_DEVICE_LAW.id] : [])];
  const report: GateReport = {
    kind: 'plumbline gate report',
    format: 1,
    versions: versions(),
    startedAt: new Date(started).toISOString(),
    durationMs: Date.now() - started,
    ...(outcome.interruptedBy === undefined ? {} : { partial: `interrupted by ${outcome.interruptedBy}` }),
    subject: {
      command: declaration.command,
      name: said.name,
      ...(said.version === undefined ? {} : { version: said.version }),
      language: said.language,
      runtime: said.runtime,
      leftOut,
      deaths: outcome.deaths,
    },
    options: {
      runs: options.runs,
      seed: options.seed,
      powerSeeds: options.power ? [options.seed] : [],
      laws: ids,
      strict: options.strict,
      power: options.power,
    },
    engines: outcome.engines,
    ...outcome.results,
    ...(deviations.length === 0
      ? {}
      : {
          ledger: settle(
            deviations,
            outcome.results.laws,
            [...ids, ...leftOut.map(({ law }) => law)],
            enginesLeft,
          ),
        }),
    leftOut: [],
  };
  await publishGate(report, reports, {
    laws: [...LAWS, META_DEVICE_LAW],
    faults: PROTOCOL_FAULTS,
    json: options.json,
    counterexamples: folder,
    replayFlag: declaration.flag,
  });
  return exitCodeOf(report);
}

/** Laws that were asked for, or all; those on the operations that were asked for, if any were. */
function lawsToJudge(
  { laws: declared }: SubjectDeclaration,
  { laws: asked, operations: names, nightly }: GateOptions,
): { readonly laws: readonly Law[]; readonly isAsked: boolean } {
  const list = asked ?? declared?.join(',');
  const ids =
    list === undefined
      ? undefined
      : choose(
          'law',
          list,
          LAWS.map(({ id }) => id),
        );
  const operations =
    names === undefined
      ? []
      : choose(
          'operation',
          names,
          OPERATIONS.map(({ name }) => name),
        );
  const laws = LAWS.filter(
    (law) =>
      (ids === undefined ? nightly || law.nightly !== true : ids.includes(law.id)) &&
      (operations.length === 0 || law.needs.every((operation) => isCovered(operation, operations))),
  );
  if (laws.length > 0) return { laws, isAsked: ids !== undefined };
  throw new InputError({
    code: 'no-law',
    what: 'no law is on these operations alone',
    given: `${names ?? 'no operations'}, of the laws ${list ?? 'that there are'}`,
    todo: '`plumbline laws` says which operations each law needs',
  });
}

/** Laws that need what the subject does not have. */
function leftOutOf(
  laws: readonly Law[],
  open: OpenSubject,
  [engine]: readonly SubjectEngine[],
): SubjectFacts['leftOut'] {
  if (engine === undefined) return [];
  const subject = subjectOn(open, engine);
  return laws.flatMap(({ id, needs }) => {
    const missing = needs.filter((operation) => !subject.has(operation)).map(({ name }) => name);
    return missing.length === 0 ? [] : [{ law: id, missing }];
  });
}

/** Whether an operation is on a list, or those that it is asked by way of. */
function isCovered(operation: Operation, names: readonly string[]): boolean {
  if (names.includes(operation.name)) return true;
  const derived = DERIVED_OPERATIONS.find((one) => one.operation === operation);
  return derived?.from.every(({ name }) => names.includes(name)) ?? false;
}

/**
 * What is asked for by its whole name must be there; of `nk.*` some.
 *
 * @throws InputError `operation-missing`
 */
function requireOperations(
  asked: string | undefined,
  open: OpenSubject,
  [engine]: readonly SubjectEngine[],
): void {
  if (asked === undefined || engine === undefined) return;
  const subject = subjectOn(open, engine);
  const missing = asked
    .split(',')
    .map((name) => name.trim())
    .filter((name) => !name.endsWith('*'))
    .filter((name) => !OPERATIONS.some((operation) => operation.name === name && subject.has(operation)));
  if (missing.length === 0) return;
  throw new InputError({
    code: 'operation-missing',
    what: `${open.said.name} does not have the operations that were asked for`,
    given: missing.join(', '),
    expected: `some of ${open.said.operations.join(', ')}`,
    todo: 'implement them, or rename them under `operations` in plumbline.yaml',
  });
}
