import { bytes, eachField, varint } from '../../binary/message.ts';

/* Numbers of fields: wandb/proto/wandb_internal.proto, held against version 0.30.0 of the package. */
const RECORD = {
  history: 2,
  summary: 3,
  output: 4,
  config: 5,
  files: 6,
  stats: 7,
  outputRaw: 13,
  outputLogger: 27,
  run: 17,
  exit: 18,
};
const [HISTORY, SUMMARY, CONFIG] = [bytes(RECORD.history), bytes(RECORD.summary), bytes(RECORD.config)];
const [STATS, RUN, EXIT] = [bytes(RECORD.stats), bytes(RECORD.run), bytes(RECORD.exit)];
const OUTPUTS = [RECORD.output, RECORD.outputRaw, RECORD.outputLogger].map(bytes);
/** Of HistoryRecord: `item`, `step`. Of SummaryRecord and ConfigRecord: `update`. Of StatsRecord: `item`. */
const [HISTORY_ITEM, HISTORY_STEP, STEP_NUMBER] = [bytes(1), bytes(2), varint(1)];
const [UPDATE, STATS_ITEM] = [bytes(1), bytes(3)];
/** Of every item: `key`, or `nested_key` more than once, and `value_json`. */
const [KEY, NESTED_KEY, VALUE_JSON] = [bytes(1), bytes(2), bytes(16)];
const [RUN_CONFIG, EXIT_CODE] = [bytes(4), varint(1)];

/** A value as JSON, and its key: one name, or those of the records that it is nested in before its own. */
export interface Item {
  readonly path: readonly string[];
  readonly json: string;
}

/** What a record says, as far as it is read here. */
export type WandbRecord =
  | { readonly kind: 'history'; readonly items: readonly Item[]; readonly step: number | undefined }
  | { readonly kind: 'summary' | 'config' | 'stats'; readonly items: readonly Item[] }
  | { readonly kind: 'output' }
  | { readonly kind: 'exit'; readonly code: number };

/**
 * Decodes a record; undefined for one that says nothing about metrics: files, telemetry, requests.
 *
 * @throws Error where the bytes are no message
 */
export function recordOf(message: Uint8Array): WandbRecord | undefined {
  let record: WandbRecord | undefined;
  eachField(message, (key, reader) => {
    if (key === HISTORY) record = historyOf(reader.bytes());
    else if (key === SUMMARY) record = { kind: 'summary', items: itemsOf(reader.bytes(), UPDATE) };
    else if (key === CONFIG) record = { kind: 'config', items: itemsOf(reader.bytes(), UPDATE) };
    else if (key === STATS) record = { kind: 'stats', items: itemsOf(reader.bytes(), STATS_ITEM) };
    else if (key === RUN) record = { kind: 'config', items: configOfRun(reader.bytes()) };
    else if (key === EXIT) record = { kind: 'exit', code: exitCodeOf(reader.bytes()) };
    else {
      if (OUTPUTS.includes(key)) record = { kind: 'output' };
      return false;
    }
    return true;
  });
  return record;
}

function historyOf(message: Uint8Array): WandbRecord {
  let step: number | undefined;
  eachField(message, (key, reader) => {
    if (key !== HISTORY_STEP) return false;
    step = 0;
    eachField(reader.bytes(), (stepKey, number) => {
      if (stepKey !== STEP_NUMBER) return false;
      step = Number(number.int64());
      return true;
    });
    return true;
  });
  return { kind: 'history', items: itemsOf(message, HISTORY_ITEM), step };
}

/** Items of a message, which stand in its field `of`. */
function itemsOf(message: Uint8Array, of: number): readonly Item[] {
  const items: Item[] = [];
  eachField(message, (field, reader) => {
    if (field !== of) return false;
    let [name, json] = ['', ''];
    const nested: string[] = [];
    eachField(reader.bytes(), (key, item) => {
      if (key === KEY) name = item.string();
      else if (key === NESTED_KEY) nested.push(item.string());
      else if (key === VALUE_JSON) json = item.string();
      else return false;
      return true;
    });
    items.push({ path: nested.length > 0 ? nested : [name], json });
    return true;
  });
  return items;
}

function configOfRun(message: Uint8Array): readonly Item[] {
  let items: readonly Item[] = [];
  eachField(message, (key, reader) => {
    if (key !== RUN_CONFIG) return false;
    items = itemsOf(reader.bytes(), UPDATE);
    return true;
  });
  return items;
}

function exitCodeOf(message: Uint8Array): number {
  let code = 0;
  eachField(message, (key, reader) => {
    if (key !== EXIT_CODE) return false;
    code = reader.int32();
    return true;
  });
  return code;
}
