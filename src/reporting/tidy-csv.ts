import { AtomicFile } from '../atomic-file.ts';
import type { RunHead, RunsTaker, RunTaker, UserAlias } from '../runs/index.ts';
import { meaningsFor } from '../runs/index.ts';

const COLUMNS = [
  'run',
  'metric',
  'canonical',
  'step',
  'value',
  'canonical_value',
  'wall_time',
  'resumes',
  'file',
  'line',
  'byte',
];

/** Written at once: a call a value would take longer than the reading. */
const BUFFER_CHARACTERS = 2 ** 20;

/** Every value of every run as one row of a CSV file: tidy data, as pandas and R like it. */
export class TidyCsv implements RunsTaker {
  private readonly file: AtomicFile;
  private readonly aliases: readonly UserAlias[];
  private buffer = `${COLUMNS.join(',')}\n`;

  /** @throws InputError `not-writable`, `disk-full` */
  constructor(path: string, aliases: readonly UserAlias[]) {
    this.file = new AtomicFile(path);
    this.aliases = aliases;
  }

  begin({ id, format }: RunHead): RunTaker {
    const meaningOf = meaningsFor(format, this.aliases);
    const run = cell(id);
    let resumes = 0;
    const ignore = (): undefined => undefined;
    return {
      row: ({ step, values, wallTime, place }) => {
        const where = `${resumes},${cell(place.file)},${place.line ?? ''},${place.byte ?? ''}`;
        for (const [name, value] of Object.entries(values)) {
          const meaning = meaningOf(name);
          const canonical = meaning === undefined ? ',' : `${cell(meaning.name)},`;
          const scaled = meaning === undefined ? '' : String(meaning.factor * value);
          this.write(
            `${run},${cell(name)},${canonical}${step},${value},${scaled},${wallTime ?? ''},${where}\n`,
          );
        }
      },
      resumed: () => {
        resumes += 1;
      },
      config: ignore,
      other: ignore,
      problem: ignore,
      end: ignore,
    };
  }

  problem(): void {
    // Of problems the summary tells.
  }

  /** @throws InputError `not-writable`, `disk-full` */
  commit(): void {
    this.file.append(this.buffer);
    this.file.commit();
  }

  discard(): void {
    this.file.discard();
  }

  private write(line: string): void {
    this.buffer += line;
    if (this.buffer.length < BUFFER_CHARACTERS) return;
    this.file.append(this.buffer);
    this.buffer = '';
  }
}

/** Spreadsheets pass over spaces and line breaks before a formula, and take the wide signs of East Asia for its own. */
const FORMULA = /^(?:[\t\n\r]|\s*[=+\-@＝＋－＠])/;

/** A cell as RFC 4180 has it; one that a spreadsheet would take for a formula is led by an apostrophe. */
function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
