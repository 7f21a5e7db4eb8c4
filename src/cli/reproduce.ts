import { LAWS } from '../../invariants/index.ts';
import { writeAtomically } from '../atomic-write.ts';
import { ENGINE_NAMES, openEngine } from '../engine/index.ts';
import { describeMeasurement } from '../reporting/describe-violation.ts';
import { paintFor } from '../reporting/paint.ts';
import { table } from '../reporting/table.ts';
import { correctKit, subjectOf } from '../subjects/index.ts';
import { judgeCell } from '../verification/kill-matrix.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';
import { faultsNamed, kitWith } from './faults.ts';
import { modelsShowing } from './train/models.ts';
import type { Story } from './reproduce/story.ts';
import { storyOf, storyRows } from './reproduce/story.ts';
import { wholeNumber } from './whole-number.ts';

const HELP = `Shows what a documented bug does: which laws reject it and by how much, and the log of a training run of the New
Keynesian model that has it beside one that has not, with equal seeds. Several faults are put into one run. For faults that
only another model has, it names the command that trains with them.

Exit code: 0 every law that must reject the fault does; 1 one does not; 2 wrong usage.

  plumbline reproduce nk/step-changes-shape
  plumbline reproduce nk/euler-sign --steps 500 --out runs/euler-sign`;

/** `plumbline reproduce FAULT…` */
export const reproduceCommand: Command = {
  help: HELP,
  arguments: [
    {
      name: '<faults...>',
      description: 'IDs of faults (`plumbline laws` names them with the laws that kill them)',
    },
  ],
  options: [
    { flags: '--engine <name>', description: 'engine to train on', defaultValue: 'wasm' },
    { flags: '--steps <n>', description: 'gradient steps', defaultValue: '600' },
    { flags: '--seed <n>', description: 'seed of both runs and of the laws', defaultValue: '1' },
    {
      flags: '--out <folder>',
      description: 'leave both logs there: config.json, faulty.jsonl, correct.jsonl, verdict.json',
    },
  ],
  run: async (names, { engine, steps, seed, out }) => {
    const faults = faultsNamed(names);
    const settings = { steps: wholeNumber('--steps', steps), seed: wholeNumber('--seed', seed) };
    const [engineName = 'wasm'] = choose('engine', String(engine), ENGINE_NAMES);
    const opened = await openEngine(engineName);
    const paint = paintFor(process.stdout);
    const say = (text: string): void => void process.stdout.write(`${text}\n`);

    const faulty = kitWith(faults.map(({ id }) => id));
    for (const { id, summary } of faults) say(`${paint('bold', id)}: ${summary}`);

    say(`\nLaws that must reject it, on ${opened.name}`);
    const subject = subjectOf(faulty, opened);
    const cells = [];
    for (const fault of faults) {
      for (const law of LAWS.filter(({ id }) => fault.killedBy.includes(id))) {
        const cell = await judgeCell(fault, law, subject, { seeds: [settings.seed] });
        cells.push(cell);
        const [judged] = cell.seeds;
        const how =
          judged?.measurement === undefined
            ? (judged?.reason ?? '')
            : describeMeasurement(judged.measurement);
        say(
          `  ${paint(cell.outcome === 'killed' ? 'green' : 'red', cell.outcome.padEnd(10))} ${law.id}: ${law.statement}\n             ${how}`,
        );
      }
    }

    // The story is that of the New Keynesian trainer; in another model the faults are trained with by `train`.
    const other = faults.flatMap(({ id }) => (modelsShowing(id).includes('nk') ? [] : [id]));
    if (other.length === faults.length) {
      const shownIn = modelsShowing(other[0] ?? '');
      say(
        shownIn.length === 0
          ? '\nNo trainer has what it replaces: no log shows it'
          : `\nTo see it in a log: plumbline train ${shownIn[0]} --faults ${other.join(',')}`,
      );
      if (typeof out === 'string')
        writeAtomically(`${out}/verdict.json`, `${JSON.stringify({ cells }, null, 2)}\n`);
      opened.close();
      return cells.every(({ outcome }) => outcome === 'killed') ? 0 : 1;
    }

    const configuration = faults.find((fault) => fault.reproduction !== undefined)?.reproduction ?? {};
    const progress = (label: string) => (step: number) => {
      if (process.stderr.isTTY)
        process.stderr.write(`\r\u001b[K${label}: gradient step ${step} of ${settings.steps}`);
    };
    const stories: Record<'faulty' | 'correct', Story> = {
      correct: await storyOf(correctKit, configuration, settings, progress('correct run')),
      faulty: await storyOf(faulty, configuration, settings, progress('faulty run')),
    };
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    say(`\nWhat a log shows (${settings.steps} gradient steps, seed ${settings.seed})`);
    say(table(storyRows(stories), '  '));
    const signs = faults.filter(({ sign }) => sign !== '').map(({ sign }) => sign);
    if (signs.length > 0) say(`\n  documented sign: ${signs.join('; ')}`);

    if (typeof out === 'string') {
      const lines = (story: Story): string => story.log.map((row) => JSON.stringify(row)).join('\n') + '\n';
      writeAtomically(
        `${out}/config.json`,
        `${JSON.stringify({ faults: names, engine: opened.name, ...settings, configuration: stories.correct.configuration }, null, 2)}\n`,
      );
      writeAtomically(`${out}/faulty.jsonl`, lines(stories.faulty));
      writeAtomically(`${out}/correct.jsonl`, lines(stories.correct));
      writeAtomically(
        `${out}/verdict.json`,
        `${JSON.stringify({ cells, faulty: stories.faulty.summary, correct: stories.correct.summary }, null, 2)}\n`,
      );
      say(`\n  written to ${out}`);
    }
    opened.close();
    return cells.every(({ outcome }) => outcome === 'killed') ? 0 : 1;
  },
};
