import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { mergeLayers } from '../../src/models/merge-layers.ts';
import { parseNkConfiguration } from '../../src/models/nk/index.ts';
import { readYamlLayer } from '../../src/models/yaml-layer.ts';

const merge = (...texts: readonly string[]) =>
  mergeLayers(
    parseNkConfiguration,
    texts.map((text, index) => readYamlLayer(text, `${index + 1}.yaml`)),
  );

describe('a layer of YAML', () => {
  it('gives what it holds; nothing, or comments alone, give nothing', () => {
    expect(readYamlLayer('a: 1\nb: { c: [2, x] }', 'x').settings).toEqual({ a: 1, b: { c: [2, 'x'] } });
    for (const text of ['', '# a comment\n', '---\n', 'null'])
      expect(readYamlLayer(text, 'x').settings).toEqual({});
  });

  it('reads 1e-3 as a number, as YAML 1.2 does', () => {
    expect(merge('optimiser: { learningRate: 1e-2 }').optimiser).toMatchObject({ learningRate: 0.01 });
  });

  it('knows where a key was written, or the nearest group around it', () => {
    const { placeOf } = readYamlLayer('a: 1\nb:\n  c:\n    d: 2\n', 'x.yaml');
    expect(placeOf(['b', 'c', 'd'])).toBe('x.yaml, line 4, column 5,');
    expect(placeOf(['b', 'c', 'e'])).toBe('x.yaml, line 3, column 3,');
    expect(placeOf(['z'])).toBe('x.yaml');
  });

  it.each([
    ['a: 1\n\tb: 2', 'line 2, column 1'],
    ['a: [1, 2', 'line 1, column 9'],
    ['a: 1\na: 2', 'line 2, column 1'],
    ['- 1\n- 2', 'line 1, column 1'],
    ['text', 'line 1, column 1'],
    ['a: !secret x', 'line 1, column 4'],
    ['a: *b', 'x.yaml'],
  ])('refuses %j, and says where', (text, place) => {
    expect(() => readYamlLayer(text, 'x.yaml')).toThrow(InputError);
    expect(() => readYamlLayer(text, 'x.yaml')).toThrow(new RegExp(`^x\\.yaml.*yaml-syntax`));
    expect(() => readYamlLayer(text, 'x.yaml')).toThrow(place);
  });

  it('refuses aliases that multiply', () => {
    const lines = Array.from({ length: 9 }, (_, level) => {
      const below = level === 0 ? 'x' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array.from({ length: 9 }, () => below).join(', ')}]`;
    });
    expect(() => readYamlLayer(lines.join('\n'), 'x.yaml')).toThrow(/yaml-syntax/);
  });
});

describe('layers that are merged', () => {
  it('later ones win, key by key', () => {
    const { batch, optimiser } = merge('batch: 7\noptimiser: { beta1: 0.5 }', 'optimiser: { beta2: 0.6 }');
    expect(batch).toBe(7);
    expect(optimiser).toMatchObject({ beta1: 0.5, beta2: 0.6 });
  });

  it('an error is of the file that made it', () => {
    expect(() => merge('batch: 7', 'network:\n  hiden: [3]', 'batch: 8')).toThrow(
      /^2\.yaml, line 2, column 3, has no key "network\.hiden"[\s\S]*did you mean "network\.hidden"\?/,
    );
    expect(() => merge('batch: 7', 'batch: 1.5')).toThrow(
      /^2\.yaml, line 1, column 1, has a value that "batch" cannot take[\s\S]*1\.5 \(number\)[\s\S]*an integer ≥ 2/,
    );
  });
});
