import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeEngine, surveyEngines } from '../../src/engine/index.ts';

const VERSION = expect.stringMatching(/^\d+\.\d+\.\d+$/) as string;

describe('the survey of engines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-survey-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  /** A program in the place of the one that opens an engine; `name` is the engine. */
  const child = (file: string, body: string): string => {
    const path = join(folder, `${file}.mjs`);
    writeFileSync(
      path,
      `const name = process.argv[2]; const answer = (a) => process.send(a, () => process.exit());\n${body}`,
    );
    return path;
  };
  const HERE = `answer({ status: 'here', openMs: 1, arithmetic: {}, checks: [], tensorsAfterClose: 0 })`;

  // Opens the engines by the built program: `npm test` builds it first.
  it('opens each engine that is here, and names the command for the others', async () => {
    const reports = await surveyEngines();
    expect(reports.map(({ name, status }) => [name, status])).toEqual([
      ['wasm', 'here'],
      ['cpu', 'here'],
      // The others need more than npm, and must open where that has been set up.
      ...['webgpu', 'tensorflow', 'tensorflow-gpu'].map((name) => [name, describeEngine(name).status]),
    ]);
    for (const report of reports) {
      if (report.status !== 'here') {
        expect(describeEngine(report.name)).toMatchObject({ remedy: report.command });
        continue;
      }
      expect(report).toMatchObject({
        version: VERSION,
        tensorsAfterClose: 0,
        arithmetic: { roundoff: 2 ** -24 },
      });
      expect(report.checks.length).toBeGreaterThan(20);
      expect(report.openMs).toBeGreaterThan(0);
    }
  });

  it('reports a crash for the engine that it happened to', async () => {
    const crash = child('crash', `name === 'wasm' ? process.kill(process.pid, 'SIGSEGV') : ${HERE}`);
    const [wasm, cpu] = await surveyEngines({ child: crash });
    expect(wasm).toMatchObject({ status: 'refused', why: expect.stringContaining('SIGSEGV') as string });
    expect(cpu).toMatchObject({ status: 'here' });
  });

  it('passes on what a crashed process wrote last', async () => {
    const crash = child('throw', `throw new Error('libsomething.so: cannot open shared object file')`);
    const [wasm] = await surveyEngines({ child: crash });
    expect(wasm).toMatchObject({
      status: 'refused',
      why: expect.stringContaining('cannot open shared object file') as string,
    });
  });

  it('ends a process that hangs, before and after its answer', async () => {
    const silent = child('silent', `setInterval(() => {}, 1000)`);
    const [wasm] = await surveyEngines({ child: silent, timeoutMs: 3000 });
    expect(wasm).toMatchObject({ status: 'refused', why: 'it did not answer within 3 s' });
    const lingering = child(
      'lingering',
      `process.send({ status: 'refused', why: 'said' }); setInterval(() => {}, 1000)`,
    );
    const [late] = await surveyEngines({ child: lingering, timeoutMs: 3000 });
    expect(late).toMatchObject({ status: 'refused', why: 'said' });
  });
});
