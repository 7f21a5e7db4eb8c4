import { join } from 'node:path';
import type { Format } from '../../format.ts';
import type { RunSink } from '../../row.ts';
import { readCell } from '../../text/cell.ts';
import { settingsAt } from '../../text/yaml-settings.ts';
import { eachInOrder } from './in-order.ts';
import { keyFilesIn, valuesIn } from './key-files.ts';
import type { Point } from './metric-file.ts';
import { isWithoutSteps, MetricFile } from './metric-file.ts';

/** Tags that MLflow itself sets: the user, the source, the host. */
const OWN_TAGS = 'mlflow.';

/**
 * A run in the file store of MLflow: a folder with `meta.yaml` and a file for each metric, parameter and tag. Addresses in
 * `meta.yaml` are not followed, and artifacts are not looked into.
 */
export const mlflow: Format = {
  name: 'mlflow',
  title: 'MLflow file store',
  ownsFolder: ({ files, folders }) => files.includes('meta.yaml') && folders.includes('metrics'),
  read: async (paths, sink) => {
    for (const path of paths) readRun(path, sink.run());
  },
};

function readRun(folder: string, run: RunSink): void {
  const about = settingsAt(join(folder, 'meta.yaml'), (problem) => {
    run.problem(problem);
  });
  const parameters = Object.entries(valuesIn(join(folder, 'params'), run));
  const tags = Object.entries(valuesIn(join(folder, 'tags'), run)).filter(
    ([key]) => !key.startsWith(OWN_TAGS),
  );
  run.config({
    ...Object.fromEntries(parameters.map(([key, text]) => [key, settingIn(text)])),
    ...(tags.length === 0 ? {} : { tags: Object.fromEntries(tags) }),
    ...(about === undefined ? {} : { meta: about }),
  });
  const files = keyFilesIn(join(folder, 'metrics'), run);
  const without = files.map(({ file }) => isWithoutSteps(file));
  const isCounted = without.includes(true) && !without.includes(false);
  if (isCounted) {
    const what = 'every value has the step 0: the values of each metric are counted from 1 instead';
    run.problem({ kind: 'steps-are-rows', place: { file: join(folder, 'metrics') }, what });
  }
  const metrics = files.map(({ key, file }) => new MetricFile(file, key, run, isCounted));
  let first: Point | undefined;
  let values: Record<string, number> = {};
  const push = (): void => {
    if (first !== undefined)
      run.row({ step: first.step, wallTime: first.time / 1000, values, place: first.place });
  };
  eachInOrder(metrics, (point) => {
    // What was logged together has one time and one step.
    if (first?.time !== point.time || first.step !== point.step || point.metric in values) {
      push();
      first = point;
      values = Object.create(null) as Record<string, number>;
    }
    values[point.metric] = point.value;
  });
  push();
}

/** MLflow keeps parameters as texts: numbers and truth values are read from them as Python wrote them. */
function settingIn(text: string): unknown {
  if (text === 'True' || text === 'False') return text === 'True';
  const cell = readCell(text);
  return typeof cell === 'number' && /\d/.test(text) ? cell : text;
}
