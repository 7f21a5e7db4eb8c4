import { EVENT, SUMMARY, SUMMARY_VALUE } from '../../../training/tensorboard/event.ts';
import { mayBeRounded } from '../../rounded-integers.ts';
import { bits32, bits64, bytes, eachField, varint } from '../../binary/message.ts';

/* Numbers of fields beyond those that our own writer uses: event.proto and summary.proto of TensorFlow. */
const [WALL_TIME, STEP, SUMMARY_KEY] = [bits64(EVENT.wallTime), varint(EVENT.step), bytes(EVENT.summary)];
const VERSION = bytes(EVENT.fileVersion);
const VALUE = bytes(SUMMARY.value);
const [TAG, SIMPLE_VALUE] = [bytes(SUMMARY_VALUE.tag), bits32(SUMMARY_VALUE.simpleValue)];
const [TENSOR, METADATA] = [bytes(8), bytes(9)];
const [PLUGIN_DATA, PLUGIN_NAME, PLUGIN_CONTENT] = [bytes(1), bytes(1), bytes(2)];

/** What an event may carry besides a summary. The log of sessions says no more than the steps do: where a run went on. */
const CARRIED: Readonly<Partial<Record<number, string>>> = {
  [bytes(4)]: 'graph',
  [bytes(6)]: 'log message',
  [bytes(8)]: 'run metadata',
  [bytes(9)]: 'meta graph',
};

/** What a value of a summary may be besides a number and a tensor. */
const MEDIA: Readonly<Partial<Record<number, string>>> = {
  [bytes(3)]: 'histogram',
  [bytes(4)]: 'image',
  [bytes(5)]: 'histogram',
  [bytes(6)]: 'audio',
};

/** One value of a summary, undecoded where it is more than a number. */
export interface SummaryValue {
  readonly tag: string;
  readonly number: number | undefined;
  /** A TensorProto. */
  readonly tensor: Uint8Array | undefined;
  readonly media: string | undefined;
  /** The plugin for which it was written; writers may name it at the first value of a tag only. */
  readonly plugin: { readonly name: string; readonly content: Uint8Array } | undefined;
}

/** One event. */
export interface Event {
  /** Seconds since the epoch. */
  readonly wallTime: number | undefined;
  /** 0 is left out by most writers. */
  readonly step: number;
  /** The step in full, where it is beyond 2^53. */
  readonly writtenStep: string | undefined;
  readonly version: string | undefined;
  readonly values: readonly SummaryValue[];
  /** What it carries that is no summary. */
  readonly carries: readonly string[];
}

/**
 * Decodes an event.
 *
 * @throws Error where the bytes are no message
 */
export function eventOf(message: Uint8Array): Event {
  let [wallTime, step]: [number | undefined, number] = [undefined, 0];
  let [version, writtenStep]: (string | undefined)[] = [];
  const values: SummaryValue[] = [];
  const carries: string[] = [];
  eachField(message, (key, reader) => {
    const carried = CARRIED[key];
    if (carried !== undefined) carries.push(carried);
    if (key === WALL_TIME) wallTime = reader.double();
    else if (key === STEP) {
      const written = reader.int64();
      step = Number(written);
      if (mayBeRounded(step)) writtenStep = String(written);
    } else if (key === VERSION) version = reader.string();
    else if (key === SUMMARY_KEY) summaryInto(values, reader.bytes());
    else return false;
    return true;
  });
  return { wallTime, step, writtenStep, version, values, carries };
}

function summaryInto(values: SummaryValue[], message: Uint8Array): void {
  eachField(message, (key, reader) => {
    if (key !== VALUE) return false;
    values.push(valueOf(reader.bytes()));
    return true;
  });
}

function valueOf(message: Uint8Array): SummaryValue {
  let tag = '';
  let number: number | undefined;
  let tensor: Uint8Array | undefined;
  let media: string | undefined;
  let plugin: SummaryValue['plugin'];
  eachField(message, (key, reader) => {
    media ??= MEDIA[key];
    if (key === TAG) tag = reader.string();
    else if (key === SIMPLE_VALUE) number = reader.float();
    else if (key === TENSOR) tensor = reader.bytes();
    else if (key === METADATA) plugin = pluginOf(reader.bytes());
    else return false;
    return true;
  });
  return { tag, number, tensor, media, plugin };
}

function pluginOf(metadata: Uint8Array): SummaryValue['plugin'] {
  let plugin: SummaryValue['plugin'];
  eachField(metadata, (key, reader) => {
    if (key !== PLUGIN_DATA) return false;
    let [name, content]: [string, Uint8Array] = ['', new Uint8Array()];
    eachField(reader.bytes(), (dataKey, data) => {
      if (dataKey === PLUGIN_NAME) name = data.string();
      else if (dataKey === PLUGIN_CONTENT) content = data.bytes();
      else return false;
      return true;
    });
    if (name !== '') plugin = { name, content };
    return true;
  });
  return plugin;
}
