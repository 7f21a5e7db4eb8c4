import { FAULTS, LAWS } from '../../invariants/index.ts';
import { requireWritable, writeAtomically } from '../atomic-write.ts';
import { DEFAULT_ENGINES, ENGINE_NAMES } from '../engine/index.ts';
import { gateJson } from '../reporting/gate-json.ts';
import { gateTerminal } from '../reporting/gate-terminal.ts';
import { paintFor } from '../reporting/paint.ts';
import { reportOfGate } from '../reporting/report/from-gate.ts';
import type { GateReport } from '../verification/gate-report.ts';
import { exitCodeOf } from '../verification/gate-report.ts';
import { versions } from '../version.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';
import { keyOf, readCounterexamples, saveCounterexamples } from './gate/counterexamples.ts';
import type { GateOptions } from './gate/options.ts';
import { parseGateOptions } from './gate/options.ts';
import { lawPlaces } from './gate/law-place.ts';
import { runEngines } from './gate/run-engines.ts';
import type { Reports } from './report/reports.ts';
import { openReports, reportOption } from './report/reports.ts';

const HELP = `Holds the models of this package against their laws, on every engine that is here, and shows
that the laws would have caught each documented bug (kill matrix).

Exit code: 0 every law holds and every fault is killed; 1 a law is violated, or a fault survives;
2 something that was asked for could not be judged, or wrong usage.

  plumbline gate                                  everything, on every engine that is here
  plumbline gate --laws nk/closed-form,training/* --engines wasm
  plumbline gate --seed 7 --runs 1000 --json report.json
  plumbline gate --report gate.xml --report gate.sarif --report gate.md`;

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
      description: 'replayed first; new ones are written there',
      defaultValue: 'fixtures/counterexamples',
    },
  ],
  run: async (_args, raw) => gate(parseGateOptions(raw), raw['report']),
};

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
  const counterexamples = readCounterexamples(options.counterexamples).filter(({ law }) =>
    laws.includes(law),
  );
  const reports = openReports(files);

  const started = Date.now();
  const powerSeeds = Array.from({ length: options.powerSeeds }, (_, index) => (options.seed + index) | 0);
  const isWhole = options.laws === undefined;
  const concerned = FAULTS.filter(
    ({ killedBy, nightly }) => killedBy.some((law) => laws.includes(law)) || (isWhole && nightly === true),
  );
  const faults = options.power ? concerned.filter(({ nightly }) => options.nightly || nightly !== true) : [];
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
    leftOut: options.power
      ? concerned.filter(({ id }) => !faults.some((fault) => fault.id === id)).map(({ id }) => id)
      : [],
  };
  await publish(report, options, reports);
  return exitCodeOf(report);
}

async function publish(report: GateReport, options: GateOptions, reports: Reports): Promise<void> {
  const { commands, files, failed } = saveCounterexamples(report.laws, options.counterexamples);
  const replayCommand = (law: string, engine: string): string => commands.get(keyOf(law, engine)) ?? '';
  process.stdout.write(gateTerminal(report, { laws: LAWS, replayCommand, paint: paintFor(process.stdout) }));
  for (const story of failed) process.stderr.write(`plumbline: a counterexample was not saved: ${story}\n`);
  if (options.json !== undefined) writeAtomically(options.json, gateJson(report));
  if (!reports.isAsked) return;
  await reports.publish(
    reportOfGate(report, {
      laws: LAWS,
      faults: FAULTS,
      placeOf: lawPlaces(),
      replayCommand,
      counterexampleOf: (law, engine) => files.get(keyOf(law, engine)),
    }),
  );
}
