import type { Place } from '../../place.ts';
import type { RunSink } from '../../row.ts';
import { excerpt } from '../../text/excerpt.ts';
import { isRecord } from '../../text/flatten.ts';
import { parseJson } from '../../text/json-text.ts';
import type { Item } from './record.ts';

/** Deeper is no record of metrics; a path that was made to cost time is far deeper. */
const MAXIMUM_DEPTH = 16;

/** The record that items are parts of; what is no JSON is reported and left out. */
export function nestedRecord(
  items: readonly Item[],
  place: Place,
  run: Pick<RunSink, 'problem'>,
): Record<string, unknown> {
  const record = emptyRecord();
  for (const { path, json } of items) {
    try {
      put(record, path, parseJson(json));
    } catch {
      const what = `${excerpt(path.join('.'))} is ${excerpt(json)}, which is no JSON; it was not read`;
      run.problem({ kind: 'record-not-understood', place, what });
    }
  }
  return record;
}

function put(record: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let group = record;
  const names = path.length > MAXIMUM_DEPTH ? [path.join('.')] : path;
  for (const [index, name] of names.entries()) {
    const inner = group[name];
    if (index === names.length - 1) group[name] = value;
    else if (inner === undefined) group = group[name] = emptyRecord();
    else if (isRecord(inner)) group = inner;
    else {
      // A number and a record under one name: both are kept.
      group[names.slice(index).join('.')] = value;
      return;
    }
  }
}

/** No name of a log is a name that every object has. */
function emptyRecord(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}
