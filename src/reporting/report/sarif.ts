import { pathToFileURL } from 'node:url';
import { isAbsolute } from 'node:path';
import { actionText, itemText } from './item-text.ts';
import type { Item, ReportPlace } from './item.ts';
import type { Group, Report } from './report.ts';

/** Where a file is: from the root of the repository with slashes, or absolute. */
export type RepositoryPath = (file: string) => string;

/** What of a report is a result of SARIF: what was looked for and found. */
const LEVELS = {
  failed: 'error',
  suspect: 'warning',
  remark: 'note',
  accepted: 'warning',
} as const satisfies Partial<Record<Item['state'], string>>;

/**
 * A report in the Static Analysis Results Interchange Format 2.1.0 (OASIS): what was found as results at their files and
 * lines, what was required and could not be judged as notifications of the tool.
 */
export function sarif(report: Report, version: string, repositoryPath: RepositoryPath): string {
  const { groups, verdict, partial, of } = report;
  const all = groups.flatMap((group) => group.items.map((item) => ({ group, item })));
  const found = all.flatMap(({ group, item }) =>
    item.state in LEVELS ? [{ group, item, level: LEVELS[item.state as keyof typeof LEVELS] }] : [],
  );
  const open = all.filter(({ item }) => item.state === 'not-checked' && item.exitCode !== 0);
  const rules = [...new Map([...found, ...open].map(({ item }) => [item.id, item])).values()];
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Plumbline', version, rules: rules.map(ruleOf) } },
        // Two uploads of one commit, of a gate and of a diagnosis, are two analyses.
        automationDetails: { id: `plumbline/${of}/` },
        invocations: [
          {
            executionSuccessful: partial === undefined && open.length === 0,
            exitCode: verdict.exitCode,
            exitCodeDescription: verdict.sentence,
            toolExecutionNotifications: open.map(({ group, item }) => ({
              level: 'error',
              message: { text: messageOf(group, item) },
              associatedRule: { id: item.id, index: ruleIndex.get(item.id) },
              locations: item.places.map((place) => locationOf(place, repositoryPath)),
            })),
          },
        ],
        results: found.map(({ group, item, level }) => ({
          ruleId: item.id,
          ruleIndex: ruleIndex.get(item.id),
          level,
          message: { text: messageOf(group, item) },
          locations: item.places.slice(0, 1).map((place) => locationOf(place, repositoryPath)),
          relatedLocations: item.places
            .slice(1)
            .map((place, index) => ({ id: index + 1, ...locationOf(place, repositoryPath) })),
          partialFingerprints: { 'plumblineItem/v1': `${group.id}: ${item.id}` },
          ...(item.state === 'accepted'
            ? { suppressions: [{ kind: 'external', justification: item.message ?? '' }] }
            : {}),
        })),
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf({ id, title, about, next }: Item): object {
  const help = next.map(actionText).join('\n');
  return {
    id,
    shortDescription: { text: title },
    ...(about === undefined ? {} : { fullDescription: { text: about } }),
    ...(help === '' ? {} : { help: { text: help } }),
  };
}

function messageOf(group: Group, item: Item): string {
  return `${group.title}: ${item.title}.\n${itemText({ ...item, places: [] })}`.trim();
}

function locationOf({ file, line, byte, what }: ReportPlace, repositoryPath: RepositoryPath): object {
  const region = line === undefined ? { byteOffset: byte } : { startLine: line };
  return {
    physicalLocation: {
      artifactLocation: artifactOf(repositoryPath(file)),
      ...(line === undefined && byte === undefined ? {} : { region }),
    },
    ...(what === undefined ? {} : { message: { text: what } }),
  };
}

function artifactOf(path: string): object {
  if (isAbsolute(path)) return { uri: pathToFileURL(path).href };
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}
