import type { Candidate, Format } from '../format.ts';
import type { Place } from '../place.ts';
import type { RunSink, RunsSink } from '../row.ts';
import { isRecord } from '../text/flatten.ts';
import { parseJson } from '../text/json-text.ts';
import { eachTableRow } from './table/each-table-row.ts';
import { headerIn } from './table/header.ts';
import { TableRows } from './table/table-rows.ts';

const [RETURN, LENGTH, TIME, START] = ['r', 'l', 't', 't_start'];

/**
 * What the Monitor wrapper of Stable-Baselines3 writes: a row an episode, with its return, its length and the seconds since
 * the start, which the first line says. The step is the number of environment steps up to the end of the episode, of this
 * environment alone: one of eight parallel environments counts an eighth.
 */
export const sb3Monitor: Format = {
  name: 'sb3-monitor',
  title: 'Stable-Baselines3 monitor.csv',
  recognises: ({ head }: Candidate) => {
    const [first = '', second = ''] = head.toString('utf8').split('\n', 2);
    const names = headerIn(second.split(','));
    // Settings that are damaged are told of where they are read.
    return first.startsWith('#{') && [RETURN, LENGTH, TIME].every((name) => names?.includes(name));
  },
  read: async (paths, sink) => {
    for (const path of paths) await readFile(path, sink);
  },
};

async function readFile(file: string, sink: RunsSink): Promise<void> {
  let run = sink.run();
  let runs = 1;
  let [start, last, step]: [number | undefined, number, number] = [undefined, -Infinity, 0];
  const take = (row: Readonly<Record<string, number>>, place: Place): void => {
    const { [TIME]: time, ...values } = row;
    const length = values[LENGTH];
    if (length !== undefined && Number.isFinite(length)) step += length;
    else {
      const what = `the episode has no length; it is read under step ${step}, and steps after it are too few`;
      run.problem({ kind: 'step-missing', place, what });
    }
    // One that was appended without its first line counts its time from a start that is not there.
    if (time !== undefined && time < last) start = undefined;
    last = time ?? last;
    const wallTime = time === undefined || start === undefined ? undefined : start + time;
    if (wallTime === undefined) run.row({ step, values: row, place });
    else run.row({ step, values, wallTime, place });
  };
  const into: Pick<RunSink, 'other' | 'problem'> = {
    other: (...about) => {
      run.other(...about);
    },
    problem: (problem) => {
      run.problem(problem);
    },
  };
  const rows = new TableRows(into, take);
  await eachTableRow(file, { delimiter: ',' }, into, {
    comment: (text, place) => {
      rows.end();
      const settings = settingsIn(text);
      if (settings === undefined) return false;
      const given = settings[START];
      [start, last] = [typeof given === 'number' ? given : undefined, -Infinity];
      if (place.line !== 1) {
        // Another run was appended.
        runs += 1;
        run = sink.run(String(runs));
        step = 0;
      }
      run.config(settings);
      return true;
    },
    header: (names, place) => {
      rows.header(names, place);
    },
    row: (cells, place) => {
      rows.row(cells, place);
    },
  });
  rows.end();
}

/** What `#{"t_start": 0.5, "env_id": "CartPole-v1"}` says. */
function settingsIn(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('#{')) return undefined;
  try {
    const settings = parseJson(line.slice(1));
    return isRecord(settings) && START in settings ? settings : undefined;
  } catch {
    return undefined;
  }
}
