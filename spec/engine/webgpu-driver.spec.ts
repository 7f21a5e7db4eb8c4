import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeWebgpu, driverHere, softwareDriver } from '../../src/engine/engines/webgpu-driver.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-driver-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.runIf(process.platform === 'linux')('the driver that webgpu takes', () => {
  it('is the one that the environment names, before all others', () => {
    expect(driverHere({ VK_DRIVER_FILES: '/a.json' })).toEqual({ kind: 'named' });
    expect(driverHere({ VK_ICD_FILENAMES: '/a.json' })).toEqual({ kind: 'named' });
    expect(driverHere({ VK_DRIVER_FILES: '' })).not.toEqual({ kind: 'named' });
  });

  it('is one that is installed, before SwiftShader', () => {
    const manifests = join(folder, '.local/share/vulkan/icd.d');
    mkdirSync(manifests, { recursive: true });
    const before = driverHere({ HOME: folder });
    writeFileSync(join(manifests, 'gpu.json'), '{}');
    expect(driverHere({ HOME: folder })).toEqual({ kind: 'installed' });
    expect(before).toEqual(driverHere({}));
  });

  it('is SwiftShader where a browser brought it', () => {
    const [none, browser] = [join(folder, 'none'), join(folder, 'browser')];
    mkdirSync(browser);
    const manifest = join(browser, 'vk_swiftshader_icd.json');
    writeFileSync(manifest, '{}');
    expect(softwareDriver([none])).toBeUndefined();
    expect(softwareDriver([none, browser])).toEqual({ kind: 'software', manifest });
  });
});

describe('whether webgpu is here', () => {
  it('is said with the version, or with the reason and the command', () => {
    const description = describeWebgpu();
    if (description.status === 'here') expect(description.version).toMatch(/^\d+\.\d+\.\d+$/);
    else
      expect(description).toMatchObject({
        reason: expect.stringMatching(/./) as string,
        remedy: 'npm run setup:webgpu',
      });
  });
});
