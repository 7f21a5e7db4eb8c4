import type { Document } from 'yaml';
import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { InputError } from '../errors.ts';
import type { Settings } from './overlay.ts';

/** Settings that one source gives, to be laid over others. */
export interface ConfigurationLayer {
  /** The file, preset or option that they come from. */
  readonly source: string;
  readonly settings: Settings;
  /** What an error calls the place where the value at a path was written: `my.yaml, line 3, column 5`. */
  readonly placeOf: (path: readonly PropertyKey[]) => string;
}

/**
 * Settings from YAML 1.2. A text without content gives none.
 *
 * @throws InputError `yaml-syntax` with line and column; what is not a mapping, and tags that YAML does not know, too.
 */
export function readYamlLayer(text: string, source: string): ConfigurationLayer {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) throw notYaml(`${source}, ${placeAt(lines, fault.pos[0])}`, fault.message);
  const { contents } = document;
  const value: unknown = valueOf(document, source);
  if (contents === null || value === null) return { source, settings: {}, placeOf: () => source };
  if (!isMap(contents) || typeof value !== 'object') {
    throw notYaml(`${source}, ${placeAt(lines, contents.range[0])}`, 'no mapping of keys to values');
  }
  return {
    source,
    settings: value as Settings,
    placeOf: (path) => {
      const start = startOf(document, path);
      return start === undefined ? source : `${source}, ${placeAt(lines, start)},`;
    },
  };
}

function valueOf(document: Document.Parsed, source: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Aliases that multiply beyond the library's limit are seen only here.
    throw notYaml(source, error instanceof Error ? error.message : String(error));
  }
}

/** Where the value at a path begins in the text: its key, or the nearest group around it that is written there. */
function startOf(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isNode(key) && String(key) === String(path[length - 1]))
      : undefined;
    if (isNode(pair?.key) && pair.key.range != null) return pair.key.range[0];
  }
  return undefined;
}

function placeAt(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `line ${line}, column ${col}`;
}

function notYaml(place: string, given: string): InputError {
  return new InputError({
    code: 'yaml-syntax',
    what: `${place}: this is not a configuration in YAML`,
    given,
    expected: 'keys and values, `key: value` a line, groups indented by spaces',
    todo: 'correct the file there; quotes around a text, spaces in place of tabs and a space after a colon help most often',
  });
}
