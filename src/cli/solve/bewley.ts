import { requireWritable, writeAtomically } from '../../atomic-write.ts';
import { mergeLayers } from '../../models/merge-layers.ts';
import { parseBewleyConfiguration } from '../../models/bewley/index.ts';
import type { ReferenceGrid, ReferenceSolution } from '../../models/bewley/reference/index.ts';
import { DOCUMENTED_GRID, REFINED_GRID, solveBewley } from '../../models/bewley/reference/index.ts';
import { bewleySolutionTerminal } from '../../reporting/bewley-solution-terminal.ts';
import { jsonFile } from '../../training/run-directory/index.ts';
import { versions } from '../../version.ts';
import { layerNamed, layerSet } from '../../models/presets.ts';
import type { SolveCommandOptions } from './options.ts';

/** Solves the Bewley economy, prints the solution, and writes it where it is asked for. Returns the exit code. */
export function solveBewleyCommand({
  presets,
  set,
  grid,
  refined,
  out,
  json,
  quiet,
}: SolveCommandOptions): number {
  const layers = [...presets.map((name) => layerNamed('bewley', name)), ...set.map(layerSet)];
  const configuration = mergeLayers(parseBewleyConfiguration, layers);
  if (out !== undefined) requireWritable(out);
  const name = presets.length === 0 ? 'defaults' : presets.join(' ');
  const asked = { ...DOCUMENTED_GRID, ...grid };
  const grids: readonly { readonly name: string; readonly grid: ReferenceGrid }[] = [
    { name, grid: asked },
    ...(refined
      ? [
          {
            name: 'refined',
            grid: { ...asked, nodes: REFINED_GRID.nodes, deviations: REFINED_GRID.deviations },
          },
        ]
      : []),
  ];
  const solutions = grids.map((one) => {
    const say = progressOf(one.name, quiet);
    const solution = solveBewley(configuration, {
      grid: one.grid,
      onPrice: ({ prices, capitalLabor, excess, top }) => {
        const share = (100 * excess).toPrecision(2);
        say(
          `price ${prices}: K/L ${capitalLabor.toFixed(5)}, excess supply ${share} %, wealth up to ${top.toFixed(0)}`,
        );
      },
    });
    say('');
    return { name: one.name, solution };
  });
  const [first, second] = solutions;
  const report = (shown: (solution: ReferenceSolution) => object): string =>
    jsonFile({
      kind: 'plumbline reference solution',
      model: 'bewley',
      presets,
      versions: versions(),
      configuration,
      ...(first === undefined ? {} : shown(first.solution)),
      ...(second === undefined ? {} : { refined: shown(second.solution) }),
    });
  if (out !== undefined)
    writeAtomically(
      out,
      report((solution) => solution),
    );
  process.stdout.write(json ? report(withoutPolicies) : `${bewleySolutionTerminal(solutions)}\n`);
  return 0;
}

function withoutPolicies(solution: ReferenceSolution): object {
  return Object.fromEntries(Object.entries(solution).filter(([key]) => key !== 'policies'));
}

/** One line that is written over on a terminal; nothing where nobody looks. */
function progressOf(name: string, isQuiet: boolean): (text: string) => void {
  const { stderr } = process;
  if (!stderr.isTTY || isQuiet) return () => undefined;
  return (text) => {
    const line = text === '' ? '' : `${name}: ${text}`;
    stderr.write(`\r\u001b[K${line.slice(0, Math.max(20, stderr.columns - 1))}`);
  };
}
