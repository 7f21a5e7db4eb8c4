import { actionText, whereText } from './item-text.ts';
import type { Headline } from './headlines.ts';
import { headlinesOf } from './headlines.ts';
import { onsetText } from './onset-text.ts';
import type { Report } from './report.ts';
import type { RepositoryPath } from './sarif.ts';

/** GitHub shows so many errors of a step, and so many warnings, and drops the others without a word. */
const SHOWN = 10;

/** What broke as workflow commands of GitHub Actions, a line each: they are shown at the file and line that they name. */
export function githubAnnotations(report: Report, repositoryPath: RepositoryPath): string {
  const headlines = headlinesOf(report);
  const shown = [1, 2].flatMap((code) => {
    const own = headlines.filter(({ item }) => item.exitCode === code);
    const most = own.length > SHOWN ? SHOWN - 1 : SHOWN;
    const command = code === 1 ? 'error' : 'warning';
    const more = own.length - most;
    return [
      ...own.slice(0, most).map((headline) => annotation(command, headline, repositoryPath)),
      ...(more > 0 ? [`::${command} title=Plumbline::${data(`and ${more} more: see the report`)}`] : []),
    ];
  });
  return shown.map((line) => `${line}\n`).join('');
}

function annotation(command: string, { group, item }: Headline, repositoryPath: RepositoryPath): string {
  const [place, ...others] = item.places;
  const properties = {
    ...(place === undefined
      ? {}
      : {
          file: repositoryPath(place.file),
          ...(place.line === undefined ? {} : { line: String(place.line) }),
        }),
    title: `${item.id}: ${item.title}`,
  };
  const text = [
    group.title,
    ...(item.onset === undefined ? [] : [onsetText(item.onset)]),
    ...(item.message === undefined ? [] : [item.message]),
    ...(place?.what === undefined ? [] : [place.what]),
    ...others.map((other) => `see also ${whereText(other)}`),
    ...item.next.map(actionText),
  ].join('\n');
  const told = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${command} ${told.join(',')}::${data(text)}`;
}

/** As @actions/core escapes: https://github.com/actions/toolkit, packages/core/src/command.ts. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
