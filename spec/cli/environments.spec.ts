import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { plumbline } from './plumbline.ts';

/** The pendulum of the examples, as JavaScript: a factory, which an export may be. */
const PENDULUM = readFileSync(new URL('../../examples/own-environment/pendulum.ts', import.meta.url), 'utf8')
  .replace(/^import type.*$/m, '')
  .replace('export const pendulum: Environment =', 'export default () => (')
  .replace(/};\s*$/, '});\n');

/** Keeps a number outside its state. */
const BROKEN = PENDULUM.replace('export default', 'let hidden = 0;\nexport default')
  .replace('const fromTop', 'hidden += 0.1;\n    rewards[0] = hidden;\n    const fromTop')
  .replace('rewards.set([-(fromTop', 'rewards.set([hidden - (fromTop');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  writeFileSync(join(folder, 'pendulum.mjs'), PENDULUM);
  writeFileSync(join(folder, 'broken.mjs'), BROKEN);
  writeFileSync(join(folder, 'other.mjs'), 'export default { name: "other" };\n');
});

describe('plumbline environments', () => {
  it('lists what there is, and tells of one its settings and its best policy', async () => {
    const list = await plumbline(['environments', '--json']);
    const names = (JSON.parse(list.stdout) as { name: string }[]).map(({ name }) => name);
    expect(names).toContain('cart-pole');
    const { stdout, code } = await plumbline(['environments', 'brock-mirman']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/best\s+save αβ = 0\.3564[\s\S]*alpha\s+0\.36\s+capital share/);
  });

  it('an unknown name: exit 2, and the nearest one', async () => {
    const { stderr, code } = await plumbline(['environments', 'cartpole']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/environment-unknown[\s\S]*did you mean cart-pole/),
    ]);
  });

  it('holds a module to the contract: exit 0 or 1', async () => {
    expect((await plumbline(['environments', join(folder, 'pendulum.mjs')])).code).toBe(0);
    const { stdout, code } = await plumbline(['environments', join(folder, 'broken.mjs')]);
    expect([code, stdout]).toEqual([1, expect.stringContaining('breaks its contract')]);
  });

  it('a module without an environment: exit 2, and what it lacks', async () => {
    const { stderr, code } = await plumbline(['environments', join(folder, 'other.mjs')]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/environment-missing[\s\S]*step \(function\)/)]);
  });
});

describe('plumbline train ppo in an environment of a user’s own', () => {
  const train = (file: string, out: string) =>
    plumbline([
      ...['train', 'ppo', '--out', join(folder, out), '--steps', '64', '--set', 'rollout=16'],
      ...['--set', 'minibatch=32', '--set', `environment={name: module, file: ${join(folder, file)}}`],
    ]);

  it('trains there', async () => {
    const { code, stdout } = await train('pendulum.mjs', 'trained');
    expect([code, stdout]).toEqual([0, expect.stringContaining('upright')]);
  });

  it('refuses one that breaks its contract, and leaves nothing', async () => {
    const { code, stderr } = await train('broken.mjs', 'refused');
    expect([code, stderr]).toEqual([2, expect.stringContaining('environment-unusable')]);
    expect(readdirSync(folder)).not.toContain('refused');
  });
});
