import { readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runProgram } from '../run-program.js';
import { sizeText } from '../steps.js';
import { packageFolderOf } from './layout.js';
import { tryAddon } from './try-addon.js';

const ANSWER_MS = 8_000;
const DOWNLOAD_MS = 600_000;

/**
 * Tries the official download: the package's own install script, which fetches libtensorflow and the compiled addon.
 * Where its host does not even answer, the script is not started. It checks no hashes; what it brings is loaded in a
 * process of its own before it counts.
 */
export async function tryOfficialDownload(home, { npm }, isGpu) {
  const folder = packageFolderOf(home, npm);
  const host = process.env['TFJS_NODE_CDN_STORAGE'] ?? process.env['CDN_STORAGE'] ?? hostOf(folder);
  const { refusal, bytes } = await answer(host, isGpu);
  if (refusal !== undefined) return { said: `not to be had: ${refusal}`, value: undefined };

  const { code, output, timedOut } = await runProgram(
    process.execPath,
    ['scripts/install.js', ...(isGpu ? ['gpu', 'download'] : [])],
    {
      cwd: folder,
      timeoutMs: DOWNLOAD_MS,
      env: {
        ...process.env,
        PATH: [join(home, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter),
      },
    },
  );
  const failure =
    code === 0
      ? await tryAddon(folder)
      : timedOut
        ? `no end after ${DOWNLOAD_MS / 1000} s`
        : lastLine(output);
  if (failure === undefined) return { said: `taken, ${sizeText(bytes)}, no hash known`, value: { bytes } };
  for (const left of ['deps', 'lib', 'build']) rmSync(join(folder, left), { recursive: true, force: true });
  return { said: `failed: ${failure}`, value: undefined };
}

/** Where the install script of the package finds libtensorflow, unless it is told otherwise. */
function hostOf(folder) {
  const script = readFileSync(join(folder, 'scripts', 'install.js'), 'utf8');
  return /BASE_HOST =[^']*'([^']+)'/.exec(script)?.[1];
}

/** The size of libtensorflow, or why the host does not hand it out. */
async function answer(host, isGpu) {
  if (host === undefined) return { refusal: 'its install script names no host' };
  const archive = `libtensorflow-${isGpu ? 'gpu' : 'cpu'}-linux-x86_64-2.9.1.tar.gz`;
  try {
    const { ok, status, headers } = await globalThis.fetch(`${host}tensorflow/libtensorflow/${archive}`, {
      method: 'HEAD',
      signal: globalThis.AbortSignal.timeout(ANSWER_MS),
    });
    return ok
      ? { bytes: Number(headers.get('content-length') ?? 0) }
      : { refusal: `${host} answers ${status}` };
  } catch (error) {
    return { refusal: `${host} does not answer (${error.cause?.code ?? error.name})` };
  }
}

function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? '';
}
