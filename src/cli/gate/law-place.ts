import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Place } from '../../runs/index.ts';
import { packageRoot } from '../../version.ts';

/**
 * Where a law is written down: the line of its ID under `invariants/`, from the folder of the command. Undefined where the
 * package is installed without its sources.
 */
export function lawPlaces(): (law: string) => Place | undefined {
  const root = join(packageRoot(), 'invariants');
  let lines: readonly { readonly file: string; readonly line: number; readonly text: string }[] | undefined;
  return (law) => {
    lines ??= filesIn(root).flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .map((text, index) => ({ file: relative(process.cwd(), file), line: index + 1, text })),
    );
    const naming = lines.filter(({ text }) => text.includes(`'${law}'`));
    const found = naming.find(({ text }) => /\bid:/.test(text)) ?? naming[0];
    return found === undefined ? undefined : { file: found.file, line: found.line };
  };
}

/** Sources of laws; faults name the laws that kill them, and are none. */
function filesIn(root: string): readonly string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(root, file).split(/[\\/]/).includes('faults'))
    .sort();
}
