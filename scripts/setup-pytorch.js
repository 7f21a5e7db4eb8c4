// Sets up PyTorch for the example of a subject in Python: npm run setup:pytorch
//
// A virtual environment of its own under .plumbline/python, which nothing else uses. Run it again at any time.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SetupFailure } from './setup/failure.js';
import { runProgram } from './setup/run-program.js';
import { secondsSince } from './setup/steps.js';

const FOLDER = fileURLToPath(new URL('../.plumbline/python', import.meta.url));
const PYTHON = `${FOLDER}/bin/python`;
const VERSION = '2.13.0';

/** Runs a program, or says what to do where it fails. */
async function must(program, args, todo) {
  const { code, output } = await runProgram(program, args);
  if (code !== 0) throw new SetupFailure(`${program} ${args.join(' ')} failed`, todo, output);
}

async function setUp() {
  const started = Date.now();
  if (existsSync(PYTHON)) {
    const { code, output } = await runProgram(PYTHON, ['-c', 'import torch; print(torch.__version__)']);
    if (code === 0 && output.includes(VERSION)) {
      process.stdout.write(`PyTorch ${VERSION} is already here\n`);
      return;
    }
  }
  await must(
    'python3',
    ['-m', 'venv', FOLDER],
    'install Python 3 with venv (on Debian: apt-get install python3-venv)',
  );
  await must(
    PYTHON,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `torch==${VERSION}`],
    'see that the package index can be reached',
  );
  process.stdout.write(`PyTorch ${VERSION} is here (${secondsSince(started)})\n`);
}

try {
  await setUp();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
