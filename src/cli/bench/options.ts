import { InputError } from '../../errors.ts';
import { BUDGET_BYTES } from '../../benchmarking/growth.ts';
import { ENGINE_NAMES } from '../../engine/index.ts';
import { choose } from '../choose.ts';
import type { CommandOption } from '../command.ts';
import { atLeastOne, wholeNumberFrom } from '../whole-number.ts';

/** What `plumbline bench` is asked. */
export interface BenchOptions {
  readonly benchmarks: readonly string[];
  /** Module that exports them, of this package where it is absent. */
  readonly module?: string;
  /** Asked for by name. */
  readonly engines?: readonly string[];
  /** Processes a benchmark, or pairs of them in a comparison. */
  readonly processes: number;
  readonly timeMs: number;
  readonly threshold: number;
  readonly budgetBytes: number;
  readonly against?: string;
  readonly prepare?: string;
  readonly baseline?: string;
  readonly force: boolean;
  readonly save?: string;
  readonly selfTest: boolean;
  readonly json?: string;
}

/** The least p-value of the exact test is then 1/2048: enough for a family of a hundred comparisons. */
const PAIRS = 12;

/** The least p-value of the rank-sum test of two such lists is 1/6435. */
const PROCESSES = 8;

/** Of timing, in each process. */
const SECONDS = '1';

/** The scatter of medians on a shared machine that is not loaded is below it. */
const THRESHOLD_PERCENT = '5';

export const BENCH_OPTIONS: readonly CommandOption[] = [
  { flags: '--engines <names>', description: 'only these engines, comma-separated' },
  {
    flags: '--processes <n>',
    description: `processes of each benchmark (default: ${PROCESSES}); a comparison has ${PAIRS} pairs of them`,
  },
  { flags: '--time <seconds>', description: `how long each process is timed (default: ${SECONDS})` },
  { flags: '--against <ref>', description: 'compare the files as they are with a commit, in turn' },
  {
    flags: '--prepare <command>',
    description: 'makes the files of a commit ready, in place of npm ci and its build',
  },
  {
    flags: '--threshold <percent>',
    description: 'a change of less is none',
    defaultValue: THRESHOLD_PERCENT,
  },
  {
    flags: '--budget <bytes>',
    description: 'memory that one unit of work may add',
    defaultValue: String(BUDGET_BYTES),
  },
  { flags: '--baseline <file>', description: 'compare with what --save wrote at another time' },
  { flags: '--force', description: 'compare even with a baseline of another machine, engine or --time' },
  { flags: '--save <file>', description: 'write the report, for a later --baseline' },
  { flags: '--benchmarks <file>', description: 'a module that exports benchmarks of your own' },
  { flags: '--self-test', description: 'inject leaks and slow-downs, and show that they are seen' },
  { flags: '--json <file>', description: 'write everything as JSON too' },
];

/** @throws InputError `option-invalid`. */
function positive(flag: string, value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InputError({
    code: 'option-invalid',
    what: `the option ${flag} cannot be used as it was given`,
    given: String(value),
    expected: 'a number above 0',
  });
}

/** What a self-test would not heed. */
const NOT_OF_SELF_TEST = ['against', 'baseline', 'save', 'engines', 'benchmarks', 'report', 'time'] as const;

/** What says something beside another option only. */
const BESIDE = { prepare: 'against', force: 'baseline' } as const;

/** @throws InputError `options-conflict` where something is asked for that would not be heeded. */
function requireHeeded(names: readonly string[], raw: Readonly<Record<string, unknown>>): void {
  const isGiven = (name: string): boolean => {
    const value = raw[name];
    return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
  };
  if (raw.selfTest === true) {
    const unheeded = NOT_OF_SELF_TEST.find(isGiven);
    if (unheeded !== undefined || names.length > 0) {
      throw new InputError({
        code: 'options-conflict',
        what: 'the self-test measures what it injects, and nothing else',
        given: unheeded === undefined ? names.join(' ') : `--${unheeded}`,
        expected: '--self-test, with --json at most',
        todo: 'run the two one after the other',
      });
    }
  }
  for (const [name, needed] of Object.entries(BESIDE)) {
    if (!isGiven(name) || isGiven(needed)) continue;
    throw new InputError({
      code: 'options-conflict',
      what: `--${name} says nothing without --${needed}`,
      given: `--${name}`,
      expected: `--${needed} beside it`,
      todo: `add --${needed}, or leave out --${name}`,
    });
  }
}

/** @throws InputError `option-invalid`, `options-conflict`. */
export function parseBenchOptions(
  benchmarks: readonly string[],
  raw: Readonly<Record<string, unknown>>,
): BenchOptions {
  const text = (name: string): string | undefined => {
    const value = raw[name];
    return typeof value === 'string' ? value : undefined;
  };
  const engines = text('engines');
  const [against, baseline] = [text('against'), text('baseline')];
  if (against !== undefined && baseline !== undefined) {
    throw new InputError({
      code: 'options-conflict',
      what: 'one comparison is made at a time',
      given: `--against ${against} and --baseline ${baseline}`,
      expected: 'one of them',
      todo: '--against is the one to trust: it measures both sides in turn',
    });
  }
  const asked = raw.processes;
  const selfTest = raw.selfTest === true;
  requireHeeded(benchmarks, raw);
  const isPaired = against !== undefined || selfTest;
  if (isPaired && asked !== undefined) {
    throw new InputError({
      code: 'options-conflict',
      what: 'the number of pairs is fixed, or one would go on until the verdict pleases',
      given: '--processes',
      expected: `--time for more exact processes: there are ${PAIRS} pairs`,
    });
  }
  const usual = isPaired ? PAIRS : PROCESSES;
  const given = {
    module: text('benchmarks'),
    engines: engines === undefined ? undefined : choose('engine', engines, [...ENGINE_NAMES, 'host']),
    against,
    prepare: text('prepare'),
    baseline,
    save: text('save'),
    json: text('json'),
  };
  return {
    ...(Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as Partial<BenchOptions>),
    benchmarks,
    processes: asked === undefined ? usual : atLeastOne('--processes', asked),
    timeMs: 1000 * positive('--time', raw.time ?? SECONDS),
    threshold: positive('--threshold', raw.threshold) / 100,
    budgetBytes: wholeNumberFrom(0, '--budget', raw.budget),
    force: raw.force === true,
    selfTest,
  };
}
