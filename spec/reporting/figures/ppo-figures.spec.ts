import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ppoOptimumFigure } from '../../../src/reporting/figures/ppo-optimum-figure.ts';
import { ppoTrainingFigure } from '../../../src/reporting/figures/ppo-training-figure.ts';
import { writePpoFigures } from '../../../src/reporting/figures/index.ts';
import { curvesOf, panelsOf, textsOf, verticesOf } from './example.ts';

const HEADS = ['delete', 'spawn_gain'];

/** A log of so many updates of 512 steps; episodes end in every second. */
function logOf(updates: number) {
  return Array.from({ length: updates }, (_, index) => ({
    step: 512 * index,
    ...(index % 2 === 0 ? { 'charts/episodic_return': index } : {}),
    'value_loss/delete': 10 / (index + 1),
    'value_loss/spawn_gain': 100 / (index + 1),
    'losses/explained_variance': index / updates,
    'losses/approx_kl': 1e-3 * (index + 1),
    'losses/entropy': 0.6,
  }));
}

describe('ppoTrainingFigure', () => {
  const svg = ppoTrainingFigure(logOf(6), HEADS);
  const panels = panelsOf(svg);

  it('has a panel each of return, value loss, explained variance, divergence and entropy', () => {
    expect(panels).toHaveLength(5);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([
        'return of an episode',
        'value loss, no weights',
        'explained variance',
        'KL, k3',
        'entropy',
        'environment step',
        'delete',
        'spawn-gain',
      ]),
    );
  });

  it('draws a head by colour and dashes, the larger one above', () => {
    const curves = curvesOf(panels[1] ?? '').slice(0, 2);
    expect(curves.map(({ dash }) => dash)).toEqual([undefined, '7,2.5']);
    const [first, second] = curves.map(({ d }) => verticesOf(d));
    expect(first).toHaveLength(6);
    for (const [index, [, y]] of (first ?? []).entries()) expect(second?.[index]?.[1]).toBeLessThan(y);
  });

  it('joins returns over updates in which no episode ended', () => {
    const [returns] = curvesOf(panels[0] ?? '');
    expect(verticesOf(returns?.d ?? '')).toHaveLength(3);
  });

  it('says what there is not', () => {
    const texts = textsOf(ppoTrainingFigure([], HEADS));
    expect(texts).toEqual(expect.arrayContaining(['no episode has ended', 'not logged']));
  });
});

describe('ppoOptimumFigure', () => {
  const visited = Array.from({ length: 30 }, (_, index) => ({
    observation: [Math.sin(index), 9],
    taken: Math.sin(index) / 2,
    best: Math.sin(index),
  }));

  it('has a point for each visited state, of what is taken and of what is best', () => {
    const svg = ppoOptimumFigure({ visited, summary: 'u = −Kx' }, 'position');
    expect(svg.match(/<circle /g)).toHaveLength(60);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['position', 'action', 'taken', 'best']));
  });
});

describe('writePpoFigures', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'figures-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const input = () => ({ log: logOf(8), rewards: HEADS, observation: 'position', folder });

  it('writes the figure of training, and that of the optimum where it is known, the same bytes each time', () => {
    const write = (): readonly Buffer[] => writePpoFigures(input()).map((file) => readFileSync(file));
    const first = write();
    expect(readdirSync(join(folder, 'figures')).sort()).toEqual(['training.png', 'training.svg']);
    expect(write()).toEqual(first);
    const visited = [{ observation: [0], taken: 1, best: 2 }];
    const files = writePpoFigures({ ...input(), optimum: { visited, summary: 'u = −Kx' } });
    expect(files.map((file) => file.slice(folder.length + '/figures/'.length))).toEqual([
      'training.svg',
      'training.png',
      'optimum.svg',
      'optimum.png',
    ]);
  });

  it('says where it cannot write', () => {
    writeFileSync(join(folder, 'figures'), '');
    expect(() => writePpoFigures(input())).toThrow('not-writable');
  });
});
