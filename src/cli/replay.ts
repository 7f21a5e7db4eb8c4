import { existsSync, readFileSync } from 'node:fs';
import { LAWS } from '../../invariants/index.ts';
import type { EngineName } from '../engine/index.ts';
import { ENGINE_NAMES, openEngine } from '../engine/index.ts';
import { InputError } from '../errors.ts';
import { describeCase } from '../reporting/describe-case.ts';
import { describeMeasurement, describeViolation } from '../reporting/describe-violation.ts';
import { paintFor } from '../reporting/paint.ts';
import { correctKit, subjectOf } from '../subjects/index.ts';
import { checkLaw } from '../verification/check-law.ts';
import { parseCounterexample } from '../verification/counterexample.ts';
import type { Law } from '../verification/law.ts';
import { enginesOf } from '../verification/protocol/index.ts';
import { replay } from '../verification/replay.ts';
import type { Subject } from '../verification/subject.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';
import type { SubjectDeclaration } from './subject/declaration.ts';
import { declaredSubject } from './subject/declaration.ts';
import { openSubject, subjectOn } from './subject/open.ts';
import { wholeNumber } from './whole-number.ts';

const HELP = `A FILE that the gate wrote holds both cases, shrunk and unshrunk, bit for bit. Where no file could be
written, the ID of the law with --engine, --seed and --path finds the same case again.

Exit code: 0 the case no longer violates; 1 it does; 2 it could not be judged.`;

/** `plumbline replay FILE | LAW` */
export const replayCommand: Command = {
  help: HELP,
  arguments: [{ name: '<file-or-law>', description: 'a counterexample file, or the ID of a law' }],
  options: [
    { flags: '--engine <name>', description: 'engine (default: that of the file)' },
    { flags: '--seed <n>', description: 'seed of the report, when a law is named' },
    { flags: '--path <path>', description: 'path of the report, when a law is named' },
    { flags: '--runs <n>', description: 'cases to draw when no path is given', defaultValue: '100' },
    { flags: '--subject <command>', description: 'the program that was gated' },
    {
      flags: '--config <file>',
      description: 'the file that declares it (default: plumbline.yaml, if there is one)',
    },
  ],
  run: async ([target = ''], { engine, seed, path, runs, subject, config }) => {
    const named = LAWS.find(({ id }) => id === target);
    const declaration = declaredSubject({ subject, config });
    if (named === undefined) return replayFile(target, textOf(engine), declaration);
    if (seed === undefined) {
      throw new InputError({
        code: 'option-missing',
        what: 'a law is replayed from a seed',
        given: `plumbline replay ${target}`,
        expected: '--seed, and --path for the one case of the report',
        todo: 'copy the replay command from the report',
      });
    }
    return replaySeed(named, textOf(engine), declaration, {
      seed: wholeNumber('--seed', seed),
      runs: wholeNumber('--runs', runs),
      ...(path === undefined ? {} : { path: textOf(path) ?? '' }),
    });
  },
};

async function replayFile(
  file: string,
  engineName: string | undefined,
  declaration: SubjectDeclaration | undefined,
): Promise<number> {
  if (!existsSync(file)) {
    throw new InputError({
      code: 'counterexample-missing',
      what: 'there is no counterexample file, and no law, of this name',
      given: file,
      expected: 'a file that the gate wrote, or the ID of a law (`plumbline laws` lists them)',
      todo: 'copy the replay command from the report',
    });
  }
  const counterexample = parseCounterexample(readFileSync(file, 'utf8'), file);
  const law = lawOf(counterexample.law);
  const result = await withSubject(engineName ?? counterexample.engine, declaration, (subject) =>
    replay(file, counterexample, law, subject),
  );
  const paint = paintFor(process.stdout);
  const lines = [
    `${paint('bold', law.id)} on ${result.engine}: ${result.verdict}`,
    `  law       ${law.statement}`,
    `  then      ${describeMeasurement(counterexample.measurement as never)}`,
    ...(result.shrunk === undefined ? [] : [`  now       ${describeMeasurement(result.shrunk)}`]),
    ...(result.unshrunk === undefined ? [] : [`  unshrunk  ${describeMeasurement(result.unshrunk)}`]),
    ...(result.reason === undefined ? [] : [`  reason    ${result.reason}`]),
    '  shrunk case',
    describeCase(counterexample.shrunk, '    '),
    ...(result.verdict === 'violated' ? [`  look at   ${law.suspects}`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCode(result.verdict);
}

async function replaySeed(
  law: Law,
  engineName: string | undefined,
  declaration: SubjectDeclaration | undefined,
  options: { readonly seed: number; readonly runs: number; readonly path?: string },
): Promise<number> {
  const verdict = await withSubject(engineName, declaration, (subject) => checkLaw(law, subject, options));
  const path = options.path === undefined ? '' : ` --path ${options.path}`;
  const command = `npx plumbline replay ${law.id} --engine ${verdict.engine} --seed ${options.seed}${path}${declaration?.flag ?? ''}`;
  const story =
    verdict.violation === undefined
      ? `${law.id} on ${verdict.engine}: ${verdict.verdict}${verdict.reason === undefined ? '' : ` (${verdict.reason})`}`
      : describeViolation(verdict, law, command, paintFor(process.stdout));
  process.stdout.write(`${story}\n`);
  return exitCode(verdict.verdict);
}

/**
 * The subject that was gated, on the engine that is named: one of this package's models, or a program of its own.
 *
 * @throws InputError `engine-unknown`, `subject-missing`
 */
async function withSubject<T>(
  name: string | undefined,
  declaration: SubjectDeclaration | undefined,
  use: (subject: Subject) => Promise<T>,
): Promise<T> {
  const isOwn = name === undefined || ENGINE_NAMES.some((engine) => engine === name);
  // A plumbline.yaml in the folder does not hide the models of this package.
  if (declaration === undefined || (isOwn && name !== undefined && declaration.flag === '')) {
    if (name?.includes('@') === true) {
      throw new InputError({
        code: 'subject-missing',
        what: 'the case is one of a subject in another process, and none is named',
        given: name,
        todo: 'copy the replay command from the report, with its --subject or --config',
      });
    }
    return use(subjectOf(correctKit, await openEngine(engineOf(name ?? 'wasm'))));
  }
  const open = await openSubject(declaration);
  try {
    const engines = enginesOf(open.said);
    const [chosen] =
      name === undefined
        ? []
        : choose(
            'engine',
            name,
            engines.map((engine) => engine.name),
          );
    const engine = engines.find((one) => one.name === chosen) ?? engines[0];
    if (engine === undefined) throw new RangeError('a subject has an engine');
    return await use(subjectOn(open, engine));
  } finally {
    await open.session.close();
  }
}

function lawOf(id: string): Law {
  const law = LAWS.find((one) => one.id === id);
  if (law !== undefined) return law;
  throw new InputError({
    code: 'law-unknown',
    what: 'the counterexample is of a law that is not known here',
    given: id,
    expected: 'a law of this version (`plumbline laws` lists them)',
    todo: 'delete the file if the law was removed, or use the version that wrote it',
  });
}

function engineOf(name: string): EngineName {
  const [engine] = choose('engine', name, ENGINE_NAMES);
  return ENGINE_NAMES.find((known) => known === engine) ?? 'wasm';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function exitCode(verdict: string): number {
  if (verdict === 'holds') return 0;
  return verdict === 'violated' ? 1 : 2;
}
