// Sets up the engine `tensorflow` (with --gpu: `tensorflow-gpu`): npm run setup:tensorflow [-- --gpu]
//
// The npm package comes without its libtensorflow. The official download is taken where it works; elsewhere the addon
// is built here against the libtensorflow in TensorFlow's wheel. All of it lands in .plumbline/engines/; package.json,
// package-lock.json and node_modules stay as they are. Work goes on in a folder of its own that is renamed at the end.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SetupFailure } from './setup/failure.js';
import { openInChild } from './setup/open-in-child.js';
import { stopPrograms } from './setup/run-program.js';
import { secondsSince, sizeText, step } from './setup/steps.js';
import { buildAddon } from './setup/tensorflow/addon.js';
import { hasNvidiaGpu } from './setup/tensorflow/gpu.js';
import { homeOf, packageFolderOf } from './setup/tensorflow/layout.js';
import { installNpmPackage } from './setup/tensorflow/npm-package.js';
import { tryOfficialDownload } from './setup/tensorflow/official.js';
import { VARIANTS } from './setup/tensorflow/sources.js';
import { findTools } from './setup/tensorflow/tools.js';
import { fetchWheel, unpackWheel } from './setup/tensorflow/wheels.js';

async function setUp(engine) {
  const started = Date.now();
  const isGpu = engine === 'tensorflow-gpu';
  if (isGpu && !(await hasNvidiaGpu())) {
    throw new SetupFailure(
      'tensorflow-gpu: not-checked, this machine has no NVIDIA GPU (no /dev/nvidia0, nothing from nvidia-smi)',
      'nothing was fetched; run this on a machine with one, or use the engine tensorflow',
    );
  }
  const before = await openInChild(engine);
  if (before.opened) {
    say(`${engine} is already here: ${before.said} (${secondsSince(started)})`);
    return;
  }

  const variant = VARIANTS[engine];
  const home = homeOf(engine);
  const work = `${home}.${process.pid}.tmp`;
  const undo = () => rmSync(work, { recursive: true, force: true });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ]) {
    process.once(signal, () => {
      stopPrograms();
      undo();
      process.exit(code);
    });
  }
  try {
    mkdirSync(work, { recursive: true });
    const fetched = await prepare(work, engine, variant, isGpu);
    if (existsSync(home)) say(`what was in ${home} did not work, and is replaced:\n${before.why}`);
    rmSync(home, { recursive: true, force: true });
    renameSync(work, home);
    await step(`opening ${engine} with its self-test`, async () => {
      const proof = await openInChild(engine);
      if (proof.opened) return { said: proof.said, value: undefined };
      rmSync(home, { recursive: true, force: true });
      throw new SetupFailure(
        `${engine} was built and does not pass`,
        'report this; it was taken away again',
        proof.why,
      );
    });
    say(`${engine} is here: ${home}; fetched ${sizeText(fetched)}, ${secondsSince(started)} in all`);
  } finally {
    undo();
  }
}

/** Makes the finished engine in the folder `work`; returns the bytes that it fetched by itself. */
async function prepare(work, engine, variant, isGpu) {
  const packageBytes = await step('npm package, without its install script', () =>
    installNpmPackage(work, variant),
  );
  const official = await step('official download', () => tryOfficialDownload(work, variant, isGpu));
  if (official !== undefined) return packageBytes + official.bytes;

  const wheels = variant.wheels[`${process.platform}-${process.arch}`];
  if (wheels === undefined) {
    throw new SetupFailure(
      `the official download failed, and for ${process.platform}-${process.arch} there is no other way to ${engine}`,
      `use another engine; other ways are known for ${Object.keys(variant.wheels).join(', ')}`,
    );
  }
  const { python, compiler } = await step('tools to build with', findTools);
  const folder = packageFolderOf(work, variant.npm);
  let bytes = packageBytes;
  for (const wheel of wheels) {
    const fetched = await step(`wheel ${wheel.name}`, () => fetchWheel(work, python, wheel));
    await step('  laying out', () => unpackWheel(work, python, fetched.file, folder));
    bytes += fetched.bytes;
  }
  await step('compiling the addon', () => buildAddon(work, folder, compiler));
  return bytes;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

try {
  const { values } = parseArgs({ options: { gpu: { type: 'boolean', default: false } } });
  await setUp(values.gpu ? 'tensorflow-gpu' : 'tensorflow');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (!(error instanceof SetupFailure) && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = 2;
}
