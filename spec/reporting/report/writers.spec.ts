import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { diagnosisJson } from '../../../src/reporting/diagnosis-json.ts';
import { diagnose } from '../../../src/diagnosis/index.ts';
import { reportOf as comparisonOf } from '../../../src/experiments/index.ts';
import { gateJson } from '../../../src/reporting/gate-json.ts';
import { cleaned } from '../../../src/reporting/report/cleaned.ts';
import { formatOf, REPORT_FORMATS } from '../../../src/reporting/report/formats.ts';
import { reportOfExperiment } from '../../../src/reporting/report/from-experiment.ts';
import { reportOfTraining } from '../../../src/reporting/report/from-training.ts';
import { githubAnnotations } from '../../../src/reporting/report/github-annotations.ts';
import { COMMENT_LIMIT, markdown } from '../../../src/reporting/report/markdown.ts';
import type { Report } from '../../../src/reporting/report/report.ts';
import { reportSchema } from '../../../src/reporting/report/report.ts';
import { diagnosed, gated, gateReportOf, HOSTILE, hostileLog } from './samples.ts';
import { complaintsOfJunit, complaintsOfOwn, complaintsOfSarif } from './validate.ts';

const CONTEXT = { version: '0.0.0', repositoryPath: (file: string) => file };
const written = async (report: Report, extension: string): Promise<string> =>
  formatOf(`report${extension}`).write(report, CONTEXT);

let sick: Promise<Report> | undefined;
/** Of an economy whose solution takes seconds: once for all. */
const hoarders = (): Promise<Report> => (sick ??= diagnosed(['fixtures/runs/hoarders']));

const MAKERS: Readonly<Record<string, () => Promise<Report>>> = {
  'a sick run': hoarders,
  'a healthy run': () => diagnosed(['fixtures/runs/explosion-averted']),
  'several runs, against a baseline': () =>
    diagnosed(['fixtures/runs/explosion', 'fixtures/runs/explosion-control'], {
      baseline: 'fixtures/runs/explosion-averted',
    }),
  'a log that is no log': () => diagnosed(['fixtures/runs/README.md']),
  'hostile names': () => diagnosed([hostileLog()]),
  'an interrupted diagnosis': () => diagnosed(['fixtures/runs/hoarders'], { signal: AbortSignal.abort() }),
  'an experiment with a run that failed': async () =>
    reportOfExperiment(
      comparisonOf(
        {
          name: 'signs',
          question: 'does the sign matter?',
          model: 'nk',
          engine: 'wasm',
          seeds: [1],
          baseline: 'right',
          quantities: [{ id: 'loss', label: 'loss', read: ({ evaluation }) => Number(evaluation) }],
          decomposition: [],
        },
        [
          { name: 'right', changes: [], faults: [], runs: [{ seed: 1, folder: 'right', status: 'done' }] },
          {
            name: 'wrong',
            changes: ['with nk/euler-sign'],
            faults: ['nk/euler-sign'],
            runs: [{ seed: 1, folder: 'wrong', status: 'failed', exitCode: 1, story: 'the loss is NaN' }],
          },
        ],
        [{ arm: 'right', seed: 1, evaluation: 0.5, rows: [] }],
      ),
      { facts: [], folder: 'out', command: 'plumbline experiment plan.yaml', figures: [], exitCode: 1 },
    ),
  'a training that diverged': async () =>
    reportOfTraining({
      model: 'nk',
      path: 'runs/mine',
      end: { status: 'failed', story: 'the loss is not finite\n  kept: nothing' },
      exitCode: 1,
      rows: [
        { step: 0, loss: 1 },
        { step: 1, loss: 'NaN' },
      ],
      facts: [],
      figures: [],
    }),
  'a gate that passes': async () => gateReportOf(await gated(['nk/closed-form'])),
  'a violated gate': async () => gateReportOf(await gated(['nk/closed-form'], 'nk/euler-sign')),
  'an interrupted gate': async () =>
    gateReportOf(
      await gated(['nk/closed-form'], undefined, {
        partial: 'interrupted by SIGTERM',
        laws: [],
        cells: [],
        controls: [],
        engines: [{ engine: 'wasm', status: 'judged', requested: true, reason: 'interrupted by SIGTERM' }],
      }),
    ),
};

describe.each(Object.entries(MAKERS))('%s', (_name, make) => {
  let report: Report;
  beforeAll(async () => {
    report = await make();
  }, 60_000);

  test('is a report by its own schema, here and as it is published', async () => {
    expect(reportSchema.safeParse(report).error).toBeUndefined();
    expect(complaintsOfOwn('report-1', await written(report, '.json'))).toEqual([]);
  });

  test('is accepted as JUnit by the schema of Jenkins', async () => {
    expect(await complaintsOfJunit(await written(report, '.xml'))).toEqual([]);
  });

  test('is accepted as SARIF by the schema of SARIF 2.1.0', async () => {
    expect(complaintsOfSarif(await written(report, '.sarif'))).toEqual([]);
  });

  test('has the same bytes each time, in every form', async () => {
    for (const { write } of REPORT_FORMATS) {
      expect(await write(report, CONTEXT)).toBe(await write(structuredClone(report), CONTEXT));
    }
  });

  test('is a pass in JUnit exactly where its exit code is 0', async () => {
    const bad = /<(?:failure|error)\b/.test(await written(report, '.xml'));
    expect(bad).toBe(report.verdict.exitCode !== 0);
  });

  test('has no character in any form that is obeyed instead of shown', async () => {
    for (const { extension } of REPORT_FORMATS) {
      const text = await written(report, extension);
      // The word joiner keeps what looks like a mention from being one.
      expect(text.replaceAll('\u2060', '')).not.toMatch(/[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u);
    }
  });

  test('is never healthy, and says so, where it is partial', () => {
    if (report.partial === undefined) return;
    expect(report.verdict.tone).not.toBe('good');
    expect(report.verdict.sentence).toContain(report.partial);
  });
});

test('the schemas of others refuse what is wrong', async () => {
  const report = await hoarders();
  const [xml, log] = [await written(report, '.xml'), await written(report, '.sarif')];
  expect(await complaintsOfJunit(xml.replace('<failure ', '<failed '))).not.toEqual([]);
  expect(complaintsOfSarif(log.replace('"ruleId"', '"rule"'))).not.toEqual([]);
  expect(complaintsOfSarif(log.replace('"startLine": 18', '"startLine": 0'))).not.toEqual([]);
});

describe('hostile names', () => {
  test('are no markup, no table cell, no mention and no command', async () => {
    const report = await diagnosed([hostileLog()]);
    expect(JSON.stringify(report)).toContain(JSON.stringify(HOSTILE[0]).slice(1, -1));
    const [xml, md] = [await written(report, '.xml'), await written(report, '.md')];
    expect(xml).not.toMatch(/<(?:script|img|summary)/);
    // Outside of code, where nothing is markup.
    const prose = md.replaceAll(/```[\s\S]*?```|`+[^`]*`+/g, '');
    expect(prose).not.toMatch(/(?<!\\)<(?!\/?(?:details|summary)>)/);
    expect(prose.match(/<details>/g)?.length).toBe(prose.match(/^<\/details>/gm)?.length);
    expect(prose).not.toContain('@everyone');
    const annotations = githubAnnotations(cleaned(report), (file) => file);
    expect(annotations).not.toMatch(/^::error::stolen/m);
  });
});

describe('Markdown', () => {
  test('fits into a comment, and says where something did not', async () => {
    const report = await hoarders();
    const text = markdown(report, 1200);
    expect(text.length).toBeLessThanOrEqual(1200);
    expect(text).toContain('did not fit');
    expect(text).toContain(report.verdict.sentence);
    const [group] = report.groups;
    if (group === undefined) throw new Error('no group');
    const many = {
      ...report,
      groups: Array.from({ length: 300 }, (_, id) => ({ ...group, id: String(id) })),
    };
    expect(markdown(many).length).toBeLessThanOrEqual(COMMENT_LIMIT);
  });
});

describe('annotations', () => {
  const placed = /^::(?:error|warning) file=([^,]*),line=(\d+),title=([^:]*)::(.*)$/;

  test.each(['hoarders', 'explosion', 'labour-collapse', 'under-saving'])(
    '%s: each stands at the row of the log that it tells of',
    async (name) => {
      const report = await diagnosed([`fixtures/runs/${name}`]);
      const lines = githubAnnotations(report, (file) => file)
        .trim()
        .split('\n');
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        const [, file = '', number = '', , text = ''] = placed.exec(line) ?? [];
        const [, metric = '', value, step] = /%0A([^%]*) = (\S+?) at step (\d+)/.exec(text) ?? [];
        const row = JSON.parse(readFileSync(file, 'utf8').split('\n')[Number(number) - 1] ?? '') as Record<
          string,
          number
        >;
        expect([row[metric], row['step']]).toEqual([Number(value), Number(step)]);
      }
    },
  );

  test('a violated law is annotated where it is written down', async () => {
    const report = gateReportOf(await gated(['nk/closed-form'], 'nk/euler-sign'));
    const [first = ''] = githubAnnotations(report, (file) => file).split('\n');
    const [, file = '', number = '', title] = placed.exec(first) ?? [];
    expect(file).toBe('invariants/nk/closed-form.ts');
    expect(readFileSync(file, 'utf8').split('\n')[Number(number) - 1]).toContain("id: 'nk/closed-form'");
    expect(title).toContain('nk/closed-form');
    const sarif = JSON.parse(await written(report, '.sarif')) as {
      readonly runs: readonly { readonly results: readonly object[] }[];
    };
    expect(sarif.runs[0]?.results[0]).toMatchObject({
      ruleId: 'nk/closed-form',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'invariants/nk/closed-form.ts' },
            region: { startLine: Number(number) },
          },
        },
      ],
      relatedLocations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'fixtures/counterexamples/nk-closed-form.json' },
          },
        },
      ],
    });
  });

  test('of more than GitHub shows the rest is counted', async () => {
    const report = await hoarders();
    const [group] = report.groups;
    if (group === undefined) throw new Error('no group');
    const many = { ...report, groups: Array.from({ length: 25 }, (_, id) => ({ ...group, id: String(id) })) };
    const lines = githubAnnotations(many, (file) => file)
      .trim()
      .split('\n');
    expect(lines.length).toBe(10);
    expect(lines.at(-1)).toContain('and 16 more');
  });
});

describe('the JSON of commands', () => {
  test('is what the published schemas say', async () => {
    const gate = await gated(['nk/closed-form'], 'nk/euler-sign');
    expect(complaintsOfOwn('gate-1', gateJson(gate))).toEqual([]);
    for (const path of [
      'fixtures/runs/hoarders',
      'fixtures/runs/README.md',
      'fixtures/logs',
      'fixtures/diagnosis',
    ]) {
      const diagnosis = await diagnose([path], {
        today: '2026-01-01',
        baseline: 'fixtures/runs/explosion-averted',
      });
      expect(complaintsOfOwn('diagnosis-1', diagnosisJson(diagnosis, {}))).toEqual([]);
    }
  });

  test('another format, or a key that nobody declared, is refused by them', async () => {
    const text = gateJson(await gated(['nk/closed-form']));
    expect(complaintsOfOwn('gate-1', text.replace('"format": 1', '"format": 2'))).not.toEqual([]);
    expect(complaintsOfOwn('gate-1', text.replace('"format": 1', '"format": 1, "more": 1'))).not.toEqual([]);
  });
});
