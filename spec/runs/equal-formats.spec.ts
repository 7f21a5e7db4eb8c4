import { describe, expect, test } from 'vitest';
import type { ReadRun } from './reading.ts';
import { readWhole, seriesOf } from './reading.ts';

const same = (name: string): string => name;

/** How Transformers renames its metrics for TensorBoard (`rewrite_logs`). */
const renamed = (name: string): string =>
  name.replace(/^(?:eval_)|^/, (start) => (start === '' ? 'train/' : 'eval/'));

// One run that was logged in two formats, by the programs themselves.
const SB3 = 'stable-baselines3/run';
const PAIRS = [
  {
    text: `${SB3}/progress.csv`,
    events: `${SB3}/events.out.tfevents.1700000000.host.0`,
    nameOf: same,
    shared: 12,
  },
  {
    text: `${SB3}/progress.json`,
    events: `${SB3}/events.out.tfevents.1700000000.host.0`,
    nameOf: same,
    shared: 12,
  },
  {
    text: 'transformers/run/trainer_state.json',
    events: 'transformers/run/tensorboard',
    nameOf: renamed,
    shared: 12,
  },
  { text: 'plumbline/run', events: 'plumbline/events', nameOf: same, shared: 13 },
];

describe('one run in two formats', () => {
  test.each(PAIRS)('$text reads as its TensorBoard file', async ({ text, events, nameOf, shared }) => {
    const [left, right] = [await only(text), await only(events)];
    const names = metricsOf(left).filter((name) => metricsOf(right).includes(nameOf(name)));
    expect(names.length).toBeGreaterThanOrEqual(shared);
    for (const name of names) expect(single(left, name), name).toEqual(single(right, nameOf(name)));
  });
});

async function only(path: string): Promise<ReadRun> {
  const { runs, problems } = await readWhole([`fixtures/logs/${path}`]);
  const [run, ...more] = runs;
  if (run === undefined || more.length > 0) throw new Error(`${path} is not one run`);
  expect([...problems, ...run.problems]).toEqual([]);
  return run;
}

function metricsOf({ rows }: ReadRun): string[] {
  return [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
}

/** Steps and values as an event file keeps them: in single precision. */
function single(run: ReadRun, name: string): (readonly [number, number])[] {
  return seriesOf(run, name).map(([step, value]) => [step, Math.fround(value)]);
}
