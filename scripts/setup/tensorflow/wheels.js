import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from '../failure.js';
import { runProgram } from '../run-program.js';
import { requireSha256 } from '../sha256.js';
import { sizeText } from '../steps.js';
import { placeOf } from './layout.js';

const DOWNLOAD_MS = 1_800_000;

/** Python reads zip files of any size, and is needed for pip anyway. */
const LIST = `
import json, sys, zipfile
json.dump(zipfile.ZipFile(sys.argv[1]).namelist(), open(sys.argv[2], "w"))
`;
const UNPACK = `
import json, os, shutil, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
for member, place in json.load(open(sys.argv[2])).items():
    place = os.path.join(sys.argv[3], place)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with wheel.open(member) as source, open(place, "wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
    if wheel.getinfo(member).external_attr >> 16 & 0o100:
        os.chmod(place, 0o755)
`;

/** Downloads a wheel with pip, from whatever index pip is set up to use, and checks it. */
export async function fetchWheel(home, python, wheel) {
  const folder = join(home, 'wheels');
  mkdirSync(folder, { recursive: true });
  const { code, output } = await runProgram(
    python,
    [
      ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'],
      '--only-binary=:all:',
      ...['--platform', wheel.platform, '--dest', folder],
      ...(wheel.abi === undefined
        ? []
        : ['--implementation', 'cp', '--abi', wheel.abi, '--python-version', wheel.abi.replace('cp3', '3.')]),
      `${wheel.name}==${wheel.version}`,
    ],
    { timeoutMs: DOWNLOAD_MS },
  );
  const [name] = readdirSync(folder);
  if (code !== 0 || name === undefined) {
    throw new SetupFailure(
      `pip could not download ${wheel.name} ${wheel.version}`,
      'check that pip reaches its index (`python3 -m pip download six`) and that the disk has room, then run this again',
      output,
    );
  }
  const file = join(folder, name);
  await requireSha256(file, wheel.sha256);
  const bytes = statSync(file).size;
  return { said: `${name}, ${sizeText(bytes)}, SHA-256 as pinned`, value: { file, bytes } };
}

/** Lays out what is needed of a wheel in the folder of the npm package, and deletes the wheel. */
export async function unpackWheel(home, python, file, folder) {
  const list = join(home, 'files.json');
  await runPython(python, ['-c', LIST, file, list]);
  const members = JSON.parse(readFileSync(list, 'utf8'));
  const places = members.flatMap((member) => {
    const place = placeOf(member);
    return place === undefined ? [] : [[member, place]];
  });
  writeFileSync(list, JSON.stringify(Object.fromEntries(places)));
  await runPython(python, ['-c', UNPACK, file, list, folder]);
  rmSync(file);
  rmSync(list);
  return { said: `${places.length} files of ${members.length}`, value: undefined };
}

async function runPython(python, args) {
  const { code, output } = await runProgram(python, args);
  if (code === 0) return;
  throw new SetupFailure(
    'the wheel could not be unpacked',
    'look whether the disk is full, then run this again',
    output,
  );
}
