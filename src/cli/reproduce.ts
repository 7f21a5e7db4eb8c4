import { LAWS } from '../../invariants/index.ts';
import { writeAtomically } from '../atomic-write.ts';
import { openEngine } from '../engine/index.ts';
import { describeMeasurement } from '../reporting/describe-violation.ts';
import { paintFor } from '../reporting/paint.ts';
import { table } from '../reporting/table.ts';
import { subjectOf } from '../subjects/index.ts';
import { judgeCell } from '../verification/kill-matrix.ts';
import type { Command } from './command.ts';
import { faultsNamed, kitWith } from './faults.ts';
import type { StorySettings } from './reproduce/story.ts';
import { notesOn, planStory, requireFreshStory, tellStory } from './reproduce/story.ts';
import { engineNamed } from './train/options.ts';
import { atLeastOne, wholeNumber } from './whole-number.ts';

const HELP = `Shows what a documented bug does: which laws reject it and by how much, and what the log of a training run that has it
shows beside one that has not, with equal seeds and configuration. The model, its presets and settings, the steps and the
engine are those in which the bug is seen, in seconds; some runs are stopped half-way and gone on with. Several faults are
put into one run, that of the first.

With --out it leaves the run directories DIR/correct and DIR/faulty, and verdict.json beside them.

Exit code: 0 every law that must reject the fault does; 1 one does not; 2 wrong usage.

  plumbline reproduce nk/step-changes-shape
  plumbline reproduce bewley/principal-as-income --out runs/principal
  plumbline reproduce ppo/batch-collapse --steps 5120 --seed 3`;

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
    {
      flags: '--engine <name>',
      description: 'engine of the laws and of both runs (default: that of the recipe, wasm in most)',
    },
    {
      flags: '--steps <n>',
      description: 'steps of both runs; more than the recipe has are not taken (default: all of them)',
    },
    { flags: '--seed <n>', description: 'seed of both runs and of the laws', defaultValue: '1' },
    {
      flags: '--out <folder>',
      description: 'leave both runs there, and verdict.json',
    },
  ],
  run: async (names, { engine, steps, seed, out }) => {
    const faults = faultsNamed(names);
    const plan = planStory(faults);
    const settings: StorySettings = {
      engine: typeof engine === 'string' ? engineNamed(engine) : (plan?.recipe.engine ?? 'wasm'),
      seed: wholeNumber('--seed', seed),
      ...(steps === undefined ? {} : { steps: atLeastOne('--steps', steps) }),
      ...(typeof out === 'string' ? { out } : {}),
    };
    if (settings.out !== undefined) requireFreshStory(settings.out);
    const paint = paintFor(process.stdout);
    const say = (text: string): void => void process.stdout.write(`${text}\n`);

    for (const { id, summary } of faults) say(`${paint('bold', id)}: ${summary}`);
    const opened = await openEngine(settings.engine);
    say(`\nLaws that must reject it, on ${opened.name}`);
    const subject = subjectOf(kitWith(faults.map(({ id }) => id)), opened);
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
    // The runs open it again, as `plumbline train` does.
    opened.close();

    const story = plan === undefined ? undefined : await tellStory(plan, settings);
    if (plan === undefined) say('\nNo trainer has what it replaces: no log shows it');
    if (plan !== undefined && story !== undefined) {
      say(`\nWhat a log shows (${story.how})`);
      say(table(story.table, '  '));
      for (const line of notesOn(plan, faults, story)) say(`\n  ${line}`);
    }
    if (settings.out !== undefined) {
      const verdict = { faults: faults.map(({ id }) => id), cells, ...story?.data };
      writeAtomically(`${settings.out}/verdict.json`, `${JSON.stringify(verdict, null, 2)}\n`);
      say(`\n  written to ${settings.out}`);
    }
    return cells.every(({ outcome }) => outcome === 'killed') ? 0 : 1;
  },
};
