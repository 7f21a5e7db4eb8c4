import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';

interface Wheel {
  readonly name: string;
  readonly sha256: string;
}
interface Variant {
  readonly sha256: string;
  readonly wheels: Readonly<Record<string, readonly Wheel[]>>;
}

const script = (file: string): string => fileURLToPath(new URL(`../../scripts/${file}`, import.meta.url));
const part = async (file: string): Promise<unknown> =>
  (await import(/* @vite-ignore */ script(`setup/${file}`))) as unknown;

const { sha256Of, requireSha256 } = (await part('sha256.js')) as {
  sha256Of: (file: string) => Promise<string>;
  requireSha256: (file: string, pinned: string) => Promise<void>;
};
const { ADDON, compilerArguments, homeOf, placeOf, PROJECT } = (await part('tensorflow/layout.js')) as {
  ADDON: string;
  compilerArguments: (headers: string) => readonly string[];
  homeOf: (variant: string, project?: string) => string;
  placeOf: (member: string) => string | undefined;
  PROJECT: string;
};
const { VARIANTS } = (await part('tensorflow/sources.js')) as { VARIANTS: Readonly<Record<string, Variant>> };
const { findTools } = (await part('tensorflow/tools.js')) as { findTools: () => Promise<unknown> };

describe('hashes of downloads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-setup-'));
  const file = join(folder, 'some.whl');
  writeFileSync(file, 'abc');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  // FIPS 180-2, appendix B.1.
  const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

  it('are those of the standard', async () => {
    expect(await sha256Of(file)).toBe(ABC);
    await requireSha256(file, ABC);
  });

  it('refuse another file, and name it with both hashes', async () => {
    const pinned = '0'.repeat(64);
    await expect(requireSha256(file, pinned)).rejects.toThrow(/some\.whl.*ba7816bf.*pinned 0{64}/);
  });

  it('are pinned for everything that is fetched to be built against', () => {
    const all = Object.values(VARIANTS).flatMap(({ sha256, wheels }) => [
      sha256,
      ...Object.values(wheels).flatMap((list) => list.map((wheel) => wheel.sha256)),
    ]);
    expect(all.length).toBeGreaterThan(15);
    expect(all.filter((hash) => !/^[0-9a-f]{64}$/.test(hash))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the layout of libtensorflow', () => {
  it.each([
    ['tensorflow/libtensorflow_cc.so.2', 'deps/lib/libtensorflow_cc.so.2'],
    ['tensorflow/libtensorflow_framework.so.2', 'deps/lib/libtensorflow_framework.so.2'],
    ['tensorflow/include/tensorflow/c/eager/c_api.h', 'deps/include/tensorflow/c/eager/c_api.h'],
    ['nvidia/cudnn/lib/libcudnn.so.9', 'deps/nvidia/cudnn/lib/libcudnn.so.9'],
    ['tensorflow/include/tensorflow/core/framework/tensor.h', undefined],
    ['tensorflow/python/lib_pywrap_tensorflow_common.so', undefined],
    ['nvidia/cudnn/include/cudnn.h', undefined],
    ['nvidia/cudnn/lib/', undefined],
  ])('puts %s at %s', (member, place) => {
    expect(placeOf(member)).toBe(place);
  });

  it('gives the addon a run path that leads from where it lies to its libraries', () => {
    const runPath = compilerArguments('/headers').find((argument) => argument.startsWith('-Wl,-rpath,'));
    const where = runPath?.slice('-Wl,-rpath,'.length).replace('$ORIGIN', `/package/${dirname(ADDON)}`);
    expect(posix.normalize(where ?? '')).toBe('/package/deps/lib');
    expect(compilerArguments('/headers')).toContain('-I/headers');
  });

  it('is below the project, whose tfjs it must find, and outside node_modules, which npm ci empties', () => {
    expect(homeOf('tensorflow', '/project')).toBe(join('/project', '.plumbline', 'engines', 'tensorflow'));
    expect(existsSync(join(PROJECT, 'package.json'))).toBe(true);
  });
});

describe('a machine that lacks something', () => {
  it.each([
    ['PYTHON', 'with pip'],
    ['CXX', 'no C++ compiler'],
  ])('is told so before anything is fetched: %s', async (variable, words) => {
    vi.stubEnv(variable, 'plumbline-no-such-program');
    try {
      await expect(findTools()).rejects.toThrow(words);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it.skipIf(existsSync('/dev/nvidia0'))(
    'fetches nothing for a GPU that is not there, and says not-checked',
    async () => {
      const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
        // Without a path, nvidia-smi is not found on any machine.
        execFile(
          process.execPath,
          [script('setup-tensorflow.js'), '--gpu'],
          { env: { ...process.env, PATH: '' } },
          (error, _stdout, text) => {
            resolve({ code: error?.code, stderr: text });
          },
        );
      });
      expect(code).toBe(2);
      expect(stderr).toContain('tensorflow-gpu: not-checked');
      expect(stderr).toContain('nothing was fetched');
    },
  );
});
