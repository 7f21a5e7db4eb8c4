// Records the logs of fixtures/logs with the libraries that write them: node scripts/record-logs.js NAME…
//
// scripts/record-logs/NAME.py writes into the folder that it is called with, NAME.requirements.txt pins what it needs.
// Both work in a temporary folder, in a home of its own and without a network but for pip's; what comes out is looked
// through for the name, the user and the paths of this machine before it takes the place of fixtures/logs/NAME.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tracesIn } from './record-logs/traces.js';
import { SetupFailure } from './setup/failure.js';
import { runProgram } from './setup/run-program.js';

const SCRIPTS = fileURLToPath(new URL('record-logs/', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../fixtures/logs/', import.meta.url));

/** PyTorch takes minutes to come. */
const INSTALL_MS = 20 * 60_000;

/** Each run is of seconds; imports are what takes time. */
const RECORD_MS = 10 * 60_000;

/** No network, no telemetry, no accelerator, one thread: what is recorded does not hang on the machine. */
const QUIET = {
  CUDA_VISIBLE_DEVICES: '',
  DO_NOT_TRACK: '1',
  HF_HUB_OFFLINE: '1',
  MLFLOW_DISABLE_TELEMETRY: 'true',
  OMP_NUM_THREADS: '1',
  TRANSFORMERS_OFFLINE: '1',
  TZ: 'UTC',
  WANDB_MODE: 'offline',
};

async function record(name) {
  const script = join(SCRIPTS, `${name}.py`);
  const requirements = join(SCRIPTS, `${name}.requirements.txt`);
  if (!existsSync(script) || !existsSync(requirements)) {
    throw new SetupFailure(
      `${name}: no such log`,
      `name one for which there are ${SCRIPTS}NAME.py and its requirements`,
    );
  }
  const work = mkdtempSync(join(tmpdir(), 'plumbline-logs-'));
  try {
    const python = join(work, 'env', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
    await must(`${name}: a virtual environment`, 'python3', ['-m', 'venv', join(work, 'env')]);
    await must(`${name}: pip`, python, ['-m', 'pip', 'install', '--quiet', '-r', requirements], {
      timeoutMs: INSTALL_MS,
    });
    const [home, out] = [join(work, 'home'), join(work, 'out')];
    for (const folder of [home, out]) mkdirSync(folder);
    // Isolated, or `import transformers` would find transformers.py beside itself.
    await must(`${name}: recording`, python, ['-I', script, out], {
      cwd: out,
      env: { PATH: process.env.PATH, HOME: home, USER: 'user', LOGNAME: 'user', ...QUIET },
      timeoutMs: RECORD_MS,
    });
    const traces = tracesIn(out, [work]);
    if (traces.length > 0) {
      throw new SetupFailure(
        `${name}: the logs name this machine; nothing was kept`,
        'disable in the script what writes it, or rename the file',
        traces.join('\n'),
      );
    }
    const { output } = await must(`${name}: versions`, python, ['-m', 'pip', 'freeze']);
    writeFileSync(join(out, 'README.md'), readmeOf(name, requirements, readFileSync(script, 'utf8'), output));
    rmSync(join(FIXTURES, name), { recursive: true, force: true });
    cpSync(out, join(FIXTURES, name), { recursive: true });
    process.stdout.write(`${name}: written to fixtures/logs/${name}\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function must(what, program, args, options) {
  const { code, output, timedOut } = await runProgram(program, args, options);
  if (code === 0) return { output };
  const todo = 'run the same by hand to see more; Python 3.11 was used';
  throw new SetupFailure(`${what}: ${timedOut ? 'took too long' : `exit code ${code}`}`, todo, output);
}

/** What wrote a log, and the command that writes it again. */
function readmeOf(name, requirements, script, frozen) {
  const asked = readFileSync(requirements, 'utf8').match(/^[\w-]+/gm) ?? [];
  // A package may be written as stable-baselines3 or stable_baselines3.
  const normalised = (text) => text.toLowerCase().replaceAll('_', '-');
  const isAsked = (line) => asked.some((one) => normalised(line).startsWith(`${normalised(one)}==`));
  const versions = frozen.split('\n').filter(isAsked).sort();
  const about = /^"""([^]*?)"""/.exec(script)?.[1]?.trim() ?? '';
  const command = `node scripts/${basename(import.meta.url)} ${name}`;
  return [
    `# ${name}`,
    about,
    `Written by ${versions.map((version) => `\`${version}\``).join(', ')}. Made again by`,
    `\`\`\`\n${command}\n\`\`\`\n`,
  ].join('\n\n');
}

const names = process.argv.slice(2);
try {
  if (names.length === 0) throw new SetupFailure('no log is named', 'node scripts/record-logs.js NAME…');
  for (const name of names) await record(name);
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
