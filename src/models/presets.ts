import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../errors.ts';
import { closestName } from '../closest-name.ts';
import type { ConfigurationLayer } from './yaml-layer.ts';
import { readYamlLayer } from './yaml-layer.ts';
import { packageRoot } from '../version.ts';

/** A configuration that is known by name. */
export interface Preset {
  readonly name: string;
  /** Its first line. */
  readonly summary: string;
}

/** The presets of a model: `published` first, the others by name. */
export function presetsOf(model: string): readonly Preset[] {
  const names = readdirSync(folderOf(model))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort(
      (left, right) =>
        Number(right === 'published') - Number(left === 'published') || (left < right ? -1 : 1),
    );
  return names.map((name) => {
    const [first = ''] = readFileSync(fileOf(model, name), 'utf8').split('\n');
    return { name, summary: first.replace(/^#\s*/, '') };
  });
}

/**
 * The layer of a preset, or of a YAML file of the user's.
 *
 * @throws InputError `preset-unknown`, with the nearest name; `file-unreadable`, `yaml-syntax`.
 */
export function layerNamed(model: string, nameOrPath: string): ConfigurationLayer {
  const known = presetsOf(model).map(({ name }) => name);
  if (known.includes(nameOrPath)) {
    return readYamlLayer(readFileSync(fileOf(model, nameOrPath), 'utf8'), `the preset ${nameOrPath}`);
  }
  if (existsSync(nameOrPath) && statSync(nameOrPath).isFile()) {
    return readYamlLayer(textOf(nameOrPath), nameOrPath);
  }
  const meant = closestName(nameOrPath, known);
  throw new InputError({
    code: 'preset-unknown',
    what: `there is no preset and no file of this name`,
    given: nameOrPath,
    expected: `a path of a YAML file, or one of ${known.join(', ')}`,
    todo: meant === undefined ? 'the option --list says what each is' : `did you mean ${meant}?`,
  });
}

/**
 * The layer of `--set key=value`: a dotted key, and a value as YAML writes it.
 *
 * @throws InputError `option-invalid`, `yaml-syntax`
 * @example layerSet('optimiser.learningRate=1e-2').settings // { optimiser: { learningRate: 0.01 } }
 */
export function layerSet(assignment: string): ConfigurationLayer {
  const source = `--set ${assignment}`;
  const equals = assignment.indexOf('=');
  const keys = assignment.slice(0, Math.max(0, equals)).split('.');
  if (keys.some((key) => key.trim() === '')) {
    throw new InputError({
      code: 'option-invalid',
      what: 'the option --set cannot be used as it was given',
      given: assignment,
      expected:
        'KEY=VALUE with a dotted key: --set optimiser.learningRate=1e-2, --set network.hidden=[32,32]',
    });
  }
  const { settings } = readYamlLayer(`value: ${assignment.slice(equals + 1)}`, source);
  const nested = keys.reduceRight<unknown>(
    (value, key) => Object.fromEntries([[key.trim(), value]]),
    settings['value'],
  );
  return { source, settings: nested as ConfigurationLayer['settings'], placeOf: () => source };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError({
      code: 'file-unreadable',
      what: `${file} cannot be read`,
      given: error instanceof Error ? error.message : String(error),
      expected: 'a file that this user may read',
      cause: error,
    });
  }
}

function folderOf(model: string): string {
  return join(packageRoot(), 'fixtures', 'presets', model);
}

function fileOf(model: string, name: string): string {
  return join(folderOf(model), `${name}.yaml`);
}
