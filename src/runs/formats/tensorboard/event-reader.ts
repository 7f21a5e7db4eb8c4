import type { Place } from '../../place.ts';
import { RoundedIntegers } from '../../rounded-integers.ts';
import type { RunSink } from '../../row.ts';
import { excerpt } from '../../text/excerpt.ts';
import type { Event, SummaryValue } from './event.ts';
import { eventOf } from './event.ts';
import { settingsInPlugin, settingsInTable } from './hyperparameters.ts';
import { tensorOf } from './tensor.ts';

/** More tags are data, and no metrics; what plugin they belong to is not kept. */
const MAXIMUM_TAGS = 10_000;

const VERSION = 'brain.Event:2';

/** By the name of a plugin, one value of it. */
const PLUGIN_KINDS: ReadonlyMap<string, string> = new Map([
  ['images', 'image'],
  ['histograms', 'histogram'],
  ['distributions', 'histogram'],
  ['audio', 'audio'],
  ['pr_curves', 'precision-recall curve'],
  ['mesh', 'mesh'],
  ['custom_scalars', 'layout'],
]);

/** Turns events into rows: the numbers of one event are a row; texts with settings are the configuration of the run. */
export class EventReader {
  private readonly run: RunSink;
  private readonly rounded = new RoundedIntegers();
  /** By tag, of those whose plugin was named. */
  private readonly plugins = new Map<string, string>();

  constructor(run: RunSink) {
    this.run = run;
  }

  /** Takes one event; its time in seconds since the epoch, where it has numbers. */
  take(data: Uint8Array, place: Place): number | undefined {
    let event: Event;
    try {
      event = eventOf(data);
    } catch {
      const what = `a record of ${data.length} bytes that is no event, though its checksum fits; it was not read`;
      this.run.problem({ kind: 'record-not-understood', place, what });
      return undefined;
    }
    const { version, carries, values, step, writtenStep, wallTime } = event;
    if (writtenStep !== undefined)
      this.rounded.take('step', { value: step, text: writtenStep }, place, this.run);
    for (const kind of carries) this.run.other(`(${kind})`, kind, place);
    if (version !== undefined && version !== VERSION) {
      const what = `version ${excerpt(version)} of the format; it is read as ${VERSION}`;
      this.run.problem({ kind: 'record-not-understood', place, what });
    }
    let numbers: Record<string, number> | undefined;
    const put = (): void => {
      if (numbers === undefined) return;
      this.run.row({ step, values: numbers, place, ...(wallTime === undefined ? {} : { wallTime }) });
      numbers = undefined;
    };
    let isRow = false;
    for (const value of values) {
      const number = this.numberOf(value, place);
      if (number === undefined) continue;
      isRow = true;
      // One tag twice in an event is two points of it.
      if (numbers !== undefined && value.tag in numbers) put();
      numbers ??= Object.create(null) as Record<string, number>;
      numbers[value.tag] = number;
    }
    put();
    return isRow ? wallTime : undefined;
  }

  /** A value that is a number; what is none is told to the run. */
  private numberOf({ tag, number, tensor, media, plugin }: SummaryValue, place: Place): number | undefined {
    if (number !== undefined) return number;
    if (plugin !== undefined && this.plugins.size < MAXIMUM_TAGS) this.plugins.set(tag, plugin.name);
    const kind = plugin?.name ?? this.plugins.get(tag);
    try {
      if (plugin?.name === 'hparams') {
        this.run.config(settingsInPlugin(plugin.content) ?? {});
        return undefined;
      }
      if (tensor !== undefined && (kind === undefined || kind === 'scalars' || kind === 'text')) {
        return this.numberIn(tensor, tag, place);
      }
    } catch {
      const what = `${excerpt(tag)} is no tensor, though the checksum of its record fits; it was not read`;
      this.run.problem({ kind: 'record-not-understood', place, what });
      return undefined;
    }
    this.run.other(tag, media ?? (kind === undefined ? 'nothing' : (PLUGIN_KINDS.get(kind) ?? kind)), place);
    return undefined;
  }

  private numberIn(message: Uint8Array, tag: string, place: Place): number | undefined {
    const { number, written, text, shape } = tensorOf(message);
    if (number !== undefined && written !== undefined)
      this.rounded.take(tag, { value: number, text: written }, place, this.run);
    if (number !== undefined) return number;
    const settings = text === undefined ? undefined : settingsInTable(text);
    if (settings !== undefined) this.run.config(settings);
    else this.run.other(tag, text === undefined ? `tensor of shape [${shape.join(', ')}]` : 'text', place);
    return undefined;
  }
}
