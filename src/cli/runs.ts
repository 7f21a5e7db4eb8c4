import { requireWritable } from '../atomic-write.ts';
import { InputError } from '../errors.ts';
import { paintFor } from '../reporting/paint.ts';
import type { MeaningOf } from '../reporting/runs-json.ts';
import { runsJson } from '../reporting/runs-json.ts';
import { runsTerminal } from '../reporting/runs-terminal.ts';
import { table } from '../reporting/table.ts';
import { TidyCsv } from '../reporting/tidy-csv.ts';
import type { LogsSummary, UserAlias } from '../runs/index.ts';
import { both, findLogs, FORMATS, LogsSummariser, meaningsFor, METRICS, readLogs } from '../runs/index.ts';
import { versions } from '../version.ts';
import type { Command } from './command.ts';
import { aliasesIn } from './runs/aliases.ts';

const help =
  (): string => `Reads what any program logged of its training, and says what is there: runs, metrics, steps, gaps, resumes, configuration,
and what was not understood, with file and line. A folder is searched, but for hidden ones and node_modules; what a file is,
its content says. Nothing in a log is executed, and no path or address in it is followed.

Formats
${table(
  FORMATS.map(({ name, title }) => [name, title]),
  '  ',
)}

Metrics that people name in many ways have one name here; --names lists them, and --alias adds a name of yours.

Exit code: 0 everything was read; 2 nothing was found, or something was lost: it is then said what, and where.

  plumbline runs results/ppo-7
  plumbline runs wandb/ --csv series.csv
  plumbline runs log.jsonl --step my_counter --alias critic=value-loss --json`;

/** `plumbline runs PATH…` */
export const runsCommand: Command = {
  help,
  arguments: [{ name: '[paths...]', description: 'logs, or folders with logs in them' }],
  options: [
    {
      flags: '--alias <mine=canonical>',
      description: 'what a name in the log means (repeatable)',
      repeatable: true,
    },
    { flags: '--step <key>', description: 'the key that counts steps, in tables and JSON' },
    { flags: '--csv <file>', description: 'write every value as a row of a CSV file' },
    { flags: '--all', description: 'show every metric' },
    {
      flags: '--names',
      description: 'list the metrics that have a name here, and what they are called elsewhere',
    },
    { flags: '--json', description: 'print JSON' },
  ],
  run: async (paths, { alias, step, csv, all, names, json }) => {
    if (names === true) {
      process.stdout.write(json === true ? `${JSON.stringify(METRICS, null, 2)}\n` : `${namesText()}\n`);
      return 0;
    }
    if (paths.length === 0) throw noPath();
    const aliases = aliasesIn(alias as readonly string[]);
    if (typeof csv === 'string') requireWritable(csv);
    const { found, ignored, problems } = findLogs(paths);
    const summariser = new LogsSummariser();
    for (const problem of problems) summariser.problem(problem);
    const options = typeof step === 'string' ? { stepKey: step } : {};
    if (typeof csv === 'string') {
      await withCsv(new TidyCsv(csv, aliases), async (table) =>
        readLogs(found, both(summariser, table), options),
      );
    } else await readLogs(found, summariser, options);
    const summary = summariser.summary();
    const meaningOf = meaningsIn(aliases);
    process.stdout.write(
      json === true
        ? runsJson(summary, ignored, meaningOf, versions())
        : `${runsTerminal(summary, ignored, { paint: paintFor(process.stdout), meaningOf, all: all === true, titleOf })}\n`,
    );
    return exitCodeOf(summary);
  },
};

function meaningsIn(aliases: readonly UserAlias[]): MeaningOf {
  const byFormat = new Map<string, ReturnType<typeof meaningsFor>>();
  return ({ format }, name) => {
    const meanings = byFormat.get(format) ?? meaningsFor(format, aliases);
    byFormat.set(format, meanings);
    return meanings(name);
  };
}

function titleOf(format: string): string {
  return FORMATS.find(({ name }) => name === format)?.title ?? format;
}

/** Writes a table while something is read; half of one is never left behind, not by Ctrl-C either. */
async function withCsv(csv: TidyCsv, work: (csv: TidyCsv) => Promise<void>): Promise<void> {
  const interrupted = (): void => {
    csv.discard();
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', interrupted);
  try {
    await work(csv);
    csv.commit();
  } finally {
    process.off('SIGINT', interrupted);
    csv.discard();
  }
}

/** What a shell reports for Ctrl-C. */
const INTERRUPTED = 130;

function namesText(): string {
  const rows = METRICS.map(({ name, better, meaning, aliases }) => [
    name,
    better,
    meaning,
    aliases.map((alias) => (typeof alias === 'string' ? alias : alias.name)).join(' '),
  ]);
  return table([['name', 'better', 'meaning', 'called'], ...rows]);
}

function noPath(): InputError {
  return new InputError({
    code: 'path-missing',
    what: 'plumbline runs was given no path',
    expected: 'logs, or folders with logs in them',
    todo: 'plumbline runs PATH…; plumbline runs --help shows what can be read',
  });
}

function exitCodeOf({ runs, problems }: LogsSummary): number {
  const isLost = [...problems, ...runs.flatMap((run) => run.problems)].some(({ lost }) => lost);
  const isEmpty = !runs.some(({ series }) => series.length > 0);
  return isLost || isEmpty ? 2 : 0;
}
