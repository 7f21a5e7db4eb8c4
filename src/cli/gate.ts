import { FAULTS, LAWS } from '../../invariants/index.ts';
import { requireWritable } from '../atomic-write.ts';
import { DEFAULT_ENGINES, ENGINE_NAMES } from '../engine/index.ts';
import { InputError } from '../errors.ts';
import type { GateReport } from '../verification/gate-report.ts';
import { exitCodeOf } from '../verification/gate-report.ts';
import { settle } from '../verification/ledger.ts';
import { versions } from '../version.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';
import { readCounterexamples } from './gate/counterexamples.ts';
import { gateSubject } from './gate/gate-subject.ts';
import type { GateOptions } from './gate/options.ts';
import { flagOf, parseGateOptions } from './gate/options.ts';
import { publishGate } from './gate/publish.ts';
import { runEngines } from './gate/run-engines.ts';
import { validateSubject } from './gate/validate-subject.ts';
import { openReports, reportOption } from './report/reports.ts';
import { declaredSubject, readLedger } from './subject/declaration.ts';

const HELP = `Holds the models of this package against their laws, on every engine that is here, and shows
that the laws would have caught each documented bug (kill matrix). With --subject, or in a folder with a
plumbline.yaml, it is a program of yours, in any language, that is held against the laws that it has operations for;
there the adapter is broken in every documented way instead, which must be noticed.

Exit code: 0 every law holds and every fault is killed; 1 a law is violated, or a fault survives;
2 something that was asked for could not be judged, or wrong usage.

  plumbline gate                                  everything, on every engine that is here
  plumbline gate --laws nk/closed-form,training/* --engines wasm
  plumbline gate --seed 7 --runs 1000 --json report.json
  plumbline gate --report gate.xml --report gate.sarif --report gate.md
  plumbline gate --subject "python my_subject.py"
  plumbline gate --subject "python my_subject.py" --validate     only whether the adapter can be believed`;

/** `plumbline gate` */
export const gateCommand: Command = {
  help: HELP,
  options: [
    { flags: '--laws <ids>', description: 'only these laws, comma-separated; nk/* takes all of a folder' },
    {
      flags: '--engines <names>',
      description: `only these engines, comma-separated: ${ENGINE_NAMES.join(', ')}`,
    },
    {
      flags: '--runs <n>',
      description: 'cases a law (laws with long cases have a lower limit of their own)',
      defaultValue: '100',
    },
    { flags: '--seed <n>', description: 'seed of all cases (default: a new one, printed with the report)' },
    {
      flags: '--power-seeds <n>',
      description: 'seeds with which each fault is shown to its laws',
      defaultValue: '1',
    },
    {
      flags: '--time-limit <seconds>',
      description: 'stop drawing cases after so long; what is left is not-checked',
    },
    { flags: '--nightly', description: 'laws and faults that need a long training too' },
    { flags: '--no-power', description: 'leave out the kill matrix' },
    { flags: '--strict', description: 'an inconclusive law ends with 2 as well' },
    { flags: '--json <file>', description: 'write the report as JSON too, with bit-exact counterexamples' },
    reportOption,
    {
      flags: '--counterexamples <folder>',
      description:
        'replayed first; new ones are written there (default: fixtures/counterexamples, plumbline-counterexamples of a subject)',
    },
    { flags: '--subject <command>', description: 'gate a program that answers for its own models' },
    {
      flags: '--config <file>',
      description: 'gate the subject that this file declares (default: plumbline.yaml, if there is one)',
    },
    {
      flags: '--operations <names>',
      description: 'only laws on these operations of a subject, which it must have; nk.* takes all',
    },
    { flags: '--validate', description: 'check the adapter of a subject alone' },
    {
      flags: '--ledger <file>',
      description: 'deviations that are known: they, and nothing else, are accepted',
    },
  ],
  run: async (_args, raw) => {
    const options = parseGateOptions(raw);
    const declaration = declaredSubject(options);
    if (declaration === undefined) {
      requireNoSubjectOptions(options);
      return gate(options, raw['report']);
    }
    if (options.validate) {
      requireOnlyValidation(raw);
      return validateSubject(declaration, options);
    }
    return gateSubject(declaration, options, raw['report']);
  },
};

const OWN_COUNTEREXAMPLES = 'fixtures/counterexamples';

/** @throws InputError `subject-missing` */
function requireNoSubjectOptions({ operations, validate }: GateOptions): void {
  if (operations === undefined && !validate) return;
  throw new InputError({
    code: 'subject-missing',
    what: `${validate ? '--validate' : '--operations'} is about a subject, and none is named`,
    given: 'neither --subject nor a plumbline.yaml in this folder',
    todo: 'name its command with --subject, or run `plumbline init`',
  });
}

/** Of what may be asked of a gate, all that is about laws. */
const ABOUT_LAWS = [
  'laws',
  'engines',
  'operations',
  'timeLimit',
  'nightly',
  'strict',
  'report',
  'counterexamples',
  'ledger',
] as const;

/** @throws InputError `option-invalid` where something is asked for that a validation would not heed. */
function requireOnlyValidation(raw: Readonly<Record<string, unknown>>): void {
  const name = ABOUT_LAWS.find((option) => {
    const value = raw[option];
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  if (name === undefined) return;
  throw new InputError({
    code: 'option-invalid',
    what: `--validate looks at the whole adapter and judges no law: ${flagOf(name)} says nothing to it`,
    given: `${flagOf(name)} ${String(raw[name])}`,
    expected: '--validate, with --seed and --json at most',
    todo: `leave out ${flagOf(name)}, or --validate`,
  });
}

async function gate(options: GateOptions, files: unknown): Promise<number> {
  const laws =
    options.laws === undefined
      ? LAWS.filter(({ nightly }) => options.nightly || nightly !== true).map(({ id }) => id)
      : choose(
          'law',
          options.laws,
          LAWS.map(({ id }) => id),
        );
  const engines =
    options.engines === undefined ? DEFAULT_ENGINES : choose('engine', options.engines, ENGINE_NAMES);
  if (options.json !== undefined) requireWritable(options.json);
  const folder = options.counterexamples ?? OWN_COUNTEREXAMPLES;
  const counterexamples = readCounterexamples(folder).filter(({ law }) => laws.includes(law));
  const ledger = options.ledger === undefined ? undefined : readLedger(options.ledger);
  const reports = openReports(files);

  const started = Date.now();
  const powerSeeds = Array.from({ length: options.powerSeeds }, (_, index) => (options.seed + index) | 0);
  const isWhole = options.laws === undefined;
  const concerned = FAULTS.filter(
    ({ killedBy, nightly }) => killedBy.some((law) => laws.includes(law)) || (isWhole && nightly === true),
  );
  const faults = options.power ? concerned.filter(({ nightly }) => options.nightly || nightly !== true) : [];
  const enginesLeft = ENGINE_NAMES.filter((name) => !engines.includes(name));
  const outcome = await runEngines({
    engines,
    requested: options.engines !== undefined,
    assignment: {
      laws,
      faults: faults.map(({ id }) => id),
      runs: options.runs,
      seed: options.seed,
      powerSeeds,
      counterexamples,
      ...(options.timeLimitMs === undefined ? {} : { deadline: started + options.timeLimitMs }),
    },
  });

  const report: GateReport = {
    kind: 'plumbline gate report',
    format: 1,
    versions: versions(),
    startedAt: new Date(started).toISOString(),
    durationMs: Date.now() - started,
    ...(outcome.interruptedBy === undefined ? {} : { partial: `interrupted by ${outcome.interruptedBy}` }),
    options: {
      runs: options.runs,
      seed: options.seed,
      powerSeeds,
      laws,
      strict: options.strict,
      power: options.power,
    },
    engines: outcome.engines,
    ...outcome.results,
    ...(ledger === undefined ? {} : { ledger: settle(ledger, outcome.results.laws, laws, enginesLeft) }),
    leftOut: options.power
      ? concerned.filter(({ id }) => !faults.some((fault) => fault.id === id)).map(({ id }) => id)
      : [],
  };
  await publishGate(report, reports, {
    laws: LAWS,
    faults: FAULTS,
    json: options.json,
    counterexamples: folder,
    replayFlag: '',
  });
  return exitCodeOf(report);
}
