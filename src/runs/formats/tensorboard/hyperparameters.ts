import { bits64, bytes, eachField, varint } from '../../binary/message.ts';

/** Settings by name. */
type Settings = Readonly<Record<string, unknown>>;

/** A rule between the head and the rows of a Markdown table: `|-|-|`. */
const RULE = /^\|\s*:?-+:?\s*\|\s*:?-+:?\s*\|$/;
const HEAD = /^\|\s*[\w ]+\s*\|\s*values?\s*\|$/i;
const ROW = /^\|([^|]*)\|(.*)\|$/s;

/**
 * The settings in a Markdown table of names and values, as CleanRL writes its arguments; undefined where a text is none.
 *
 * @example settingsInTable('|param|value|\n|-|-|\n|gamma|0.99|') // { gamma: 0.99 }
 */
export function settingsInTable(text: string): Settings | undefined {
  const [head = '', rule = '', ...lines] = text.split(/\r?\n/);
  if (!HEAD.test(head.trim()) || !RULE.test(rule.trim())) return undefined;
  const rows: string[] = [];
  // A value may have line breaks: what begins with no bar goes on with the row before.
  for (const line of lines) {
    const last = rows.at(-1);
    if (line.startsWith('|') && (last === undefined || last.trimEnd().endsWith('|'))) rows.push(line);
    else if (last !== undefined && line.trim() !== '') rows[rows.length - 1] = `${last}\n${line}`;
  }
  const pairs = rows.flatMap((row): (readonly [string, unknown])[] => {
    const [, name, value] = ROW.exec(row.trim()) ?? [];
    return name === undefined || value === undefined ? [] : [[name.trim(), printed(value.trim())]];
  });
  return Object.fromEntries(pairs);
}

/** What Python prints: numbers, truth values, `None`; everything else is text. */
function printed(value: string): unknown {
  if (value === 'True') return true;
  if (value === 'False') return false;
  if (value === 'None') return null;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(value) ? Number(value) : value;
}

/*
 * tensorboard/plugins/hparams/plugin_data.proto:
 *
 *     message HParamsPluginData { SessionStartInfo session_start_info = 3; }
 *     message SessionStartInfo { map<string, google.protobuf.Value> hparams = 1; }
 *     message Value { NullValue null_value = 1; double number_value = 2; string string_value = 3; bool bool_value = 4; }
 */
const [START_INFO, SETTINGS, NAME, VALUE] = [bytes(3), bytes(1), bytes(1), bytes(2)];
const [NUMBER, TEXT, TRUTH] = [bits64(2), bytes(3), varint(4)];

/**
 * The settings with which a session began, from the data of the plugin `hparams`.
 *
 * @throws Error where the bytes are no message
 */
export function settingsInPlugin(content: Uint8Array): Settings | undefined {
  let settings: Map<string, unknown> | undefined;
  eachField(content, (key, reader) => {
    if (key !== START_INFO) return false;
    const found = (settings ??= new Map<string, unknown>());
    eachField(reader.bytes(), (infoKey, info) => {
      if (infoKey !== SETTINGS) return false;
      const [name, value] = settingOf(info.bytes());
      found.set(name, value);
      return true;
    });
    return true;
  });
  return settings === undefined ? undefined : Object.fromEntries(settings);
}

function settingOf(entry: Uint8Array): readonly [string, unknown] {
  let [name, value]: [string, unknown] = ['', null];
  eachField(entry, (key, reader) => {
    if (key === NAME) name = reader.string();
    else if (key === VALUE) value = valueOf(reader.bytes());
    else return false;
    return true;
  });
  return [name, value];
}

function valueOf(message: Uint8Array): unknown {
  let value: unknown = null;
  eachField(message, (key, reader) => {
    if (key === NUMBER) value = reader.double();
    else if (key === TEXT) value = reader.string();
    else if (key === TRUTH) value = reader.bool();
    else return false;
    return true;
  });
  return value;
}
