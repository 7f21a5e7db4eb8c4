import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireWritable, writeAtomically } from '../atomic-write.ts';
import { table } from '../reporting/table.ts';
import { packageRoot } from '../version.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';

/** What an adapter in a language begins with: its command, and files of this package by the name that they get. */
interface Language {
  readonly command: string;
  readonly files: Readonly<Record<string, string>>;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  python: {
    // Outside a virtual environment many systems have no `python`.
    command: process.platform === 'win32' ? 'python my_subject.py' : 'python3 my_subject.py',
    files: {
      'my_subject.py': 'fixtures/init/python/my_subject.py',
      'plumbline_subject.py': 'examples/python/plumbline_subject.py',
    },
  },
  julia: {
    command: 'julia my_subject.jl',
    files: {
      'my_subject.jl': 'fixtures/init/julia/my_subject.jl',
      'PlumblineSubject.jl': 'examples/julia/PlumblineSubject.jl',
    },
  },
};

const SHARED: Readonly<Record<string, string>> = {
  'plumbline.yaml': 'fixtures/init/plumbline.yaml',
  '.github/workflows/plumbline.yml': 'fixtures/init/workflow.yml',
};

const HELP = `Writes plumbline.yaml, an adapter that passes one law as it stands, the helper that it imports, and a workflow for GitHub
Actions. What is there already is kept as it is.

  plumbline init
  plumbline init --language julia --into ../my-model`;

/** `plumbline init` */
export const initCommand: Command = {
  help: HELP,
  options: [
    {
      flags: '--language <name>',
      description: `of the subject: ${Object.keys(LANGUAGES).join(', ')}`,
      defaultValue: 'python',
    },
    { flags: '--into <folder>', description: 'of the repository', defaultValue: '.' },
  ],
  run: async (_args, { language: asked, into }) => {
    const [name = ''] = choose('language', String(asked), Object.keys(LANGUAGES));
    const language = LANGUAGES[name];
    if (language === undefined) throw new RangeError(`no language ${name}`);
    const files = Object.entries({ ...SHARED, ...language.files });
    const missing = files.filter(([file]) => !existsSync(join(String(into), file)));
    // All can be written, or none is.
    for (const [file] of missing) requireWritable(join(String(into), file));
    for (const [file, source] of missing) {
      const text = readFileSync(join(packageRoot(), source), 'utf8');
      writeAtomically(join(String(into), file), text.replace('COMMAND', language.command));
    }
    const rows = files.map(([file]) => [
      missing.some(([name]) => name === file) ? 'written' : 'kept as it was',
      file,
    ]);
    process.stdout.write(
      `${table(rows, '  ')}\nNow: npx plumbline gate --validate, then npx plumbline gate. Operations to add: npx plumbline operations.\n`,
    );
    return 0;
  },
};
