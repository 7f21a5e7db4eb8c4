import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withoutFonts } from '../../reporting/figures/index.ts';
import type { TrainedOutcome } from '../../reporting/report/from-training.ts';
import { reportOfTraining } from '../../reporting/report/from-training.ts';
import type { Report } from '../../reporting/report/report.ts';
import { RUN_FILES } from '../../training/run-directory/index.ts';
import { rowsWhile } from '../../training/run-directory/json-lines.ts';
import { versionFacts } from '../report/facts.ts';
import type { RunEnd } from './run.ts';

/** A run that has ended as a report, with what its directory holds. `by`: whose signal stopped it, if one did. */
export function reportOfRun(
  model: string,
  end: RunEnd,
  { exitCode, by }: { readonly exitCode: number; readonly by: string },
): Report {
  const { path } = end;
  const { rows } = rowsWhile(join(path, RUN_FILES.metrics), () => true);
  return reportOfTraining({
    model,
    path,
    end: endOf(model, end, by),
    exitCode,
    rows: rows as TrainedOutcome['rows'],
    facts: versionFacts(),
    figures: end.status === 'evaluated' ? figuresIn(join(path, 'figures')) : [],
  });
}

function endOf(model: string, end: RunEnd, by: string): TrainedOutcome['end'] {
  if (end.status === 'stopped')
    return { status: 'stopped', by, command: `npx plumbline train ${model} --resume ${end.path}` };
  if (end.status === 'failed') return { status: 'failed', story: end.story };
  return { status: 'trained', ...(end.status === 'evaluated' ? { evaluation: end.terminal } : {}) };
}

function figuresIn(folder: string): TrainedOutcome['figures'] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.svg'))
    .sort()
    .map((name) => ({
      title: basename(name, '.svg'),
      svg: withoutFonts(readFileSync(join(folder, name), 'utf8')),
    }));
}
