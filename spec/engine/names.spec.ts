import { describe, expect, it } from 'vitest';
import { describeEngine, ENGINE_NAMES, ENGINES, isEngineName } from '../../src/engine/index.ts';
import { outcomeOf, refusalOf } from './outcome.ts';

const VERSION = expect.stringMatching(/^\d+\.\d+\.\d+$/) as string;

describe('engines by name', () => {
  it('has an entry for each, under its own name', () => {
    expect(ENGINE_NAMES.map((name) => ENGINES[name].name)).toEqual([...ENGINE_NAMES]);
    expect(isEngineName('wasm')).toBe(true);
    expect(isEngineName('toString')).toBe(false);
  });

  it('finds what is installed', () => {
    expect(describeEngine('wasm')).toEqual({ status: 'here', version: VERSION });
    expect(describeEngine('cpu')).toEqual({ status: 'here', version: VERSION });
  });

  it('says that this version does not open an engine that it cannot load, and names its command', async () => {
    const command = 'npm run setup:webgpu';
    const { backend, package: name, role, needs } = ENGINES.webgpu;
    const later = { name: 'webgpu', backend, package: name, role, needs, command } as const;
    const catalogue = { ...ENGINES, webgpu: later };
    const description = describeEngine('webgpu', catalogue);
    expect(description).toMatchObject({
      status: 'missing',
      reason: expect.stringContaining(`\`${command}\``) as string,
    });
    // No command would make this version open it, so none is offered as a remedy.
    expect(description).not.toHaveProperty('remedy');
    expect(await outcomeOf('webgpu', catalogue)).toBe('engine-missing');
    expect((await refusalOf('webgpu', catalogue))?.message).toContain(command);
  });

  it('offers the command where the package is not installed', () => {
    const catalogue = { ...ENGINES, wasm: { ...ENGINES.wasm, package: 'plumbline-no-such-package' } };
    expect(describeEngine('wasm', catalogue)).toMatchObject({
      status: 'missing',
      remedy: ENGINES.wasm.command,
    });
  });

  it('suggests the nearest name for one that it does not know', async () => {
    expect(await outcomeOf('wsam')).toBe('engine-unknown');
    expect((await refusalOf('wsam'))?.message).toContain('did you mean wasm?');
    expect((await refusalOf('tensorflow-cpu'))?.message).toContain(
      'wasm, cpu, webgpu, tensorflow, tensorflow-gpu',
    );
  });
});
