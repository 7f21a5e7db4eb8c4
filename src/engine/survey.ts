import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SuiteError } from '../errors.ts';
import type { Arithmetic } from '../numerics/arithmetic.ts';
import { ENGINES } from './catalogue.ts';
import type { EngineCheck } from './check.ts';
import { describeEngine } from './describe.ts';
import type { EngineName } from './names.ts';
import { ENGINE_NAMES } from './names.ts';

/** What the process that tried to open an engine says of it; plain data. */
export type SurveyAnswer =
  | {
      readonly status: 'here';
      readonly openMs: number;
      /** The device that computes; absent where it is the processor. */
      readonly device?: string;
      readonly arithmetic: Arithmetic;
      readonly checks: readonly EngineCheck[];
      /** Tensors that measuring, self-test and closing left behind: 0 for a clean engine. */
      readonly tensorsAfterClose: number;
    }
  | { readonly status: 'missing' | 'refused'; readonly why: string };

/** One engine as `plumbline engines` shows it. */
export type EngineReport = SurveyAnswer & {
  readonly name: EngineName;
  readonly package: string;
  readonly role: string;
  readonly needs: string;
  /** The command that adds it. */
  readonly command: string;
  /** The version of its package, where that is installed. */
  readonly version?: string;
};

export interface SurveyOptions {
  /** How long an engine may take to open, self-test included. */
  readonly timeoutMs?: number;
  /** The file that the process of an engine runs, with the name of the engine as its argument. */
  readonly child?: string;
}

/** A driver that is compiling its shaders for the first time may take tens of seconds. */
const TIMEOUT_MS = 60_000;

/**
 * Opens every engine of the catalogue in a process of its own, one after the other so that they do not disturb each
 * other's times. A crash or a hang is reported for the engine that it happened to.
 *
 * @throws SuiteError `survey-not-built` when the built program is not there.
 */
export async function surveyEngines(options: SurveyOptions = {}): Promise<readonly EngineReport[]> {
  const reports: EngineReport[] = [];
  for (const name of ENGINE_NAMES) {
    const { package: packageName, role, needs, command } = ENGINES[name];
    const description = describeEngine(name);
    const facts = { name, package: packageName, role, needs, command };
    if (description.status === 'missing') {
      reports.push({ ...facts, status: 'missing', why: description.reason });
    } else {
      reports.push({ ...facts, version: description.version, ...(await openInChild(name, options)) });
    }
  }
  return reports;
}

function openInChild(
  name: EngineName,
  { timeoutMs = TIMEOUT_MS, child: file = builtChild() }: SurveyOptions,
): Promise<SurveyAnswer> {
  const child = fork(file, [name], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  return answerOf(child, timeoutMs);
}

function answerOf(child: ChildProcess, timeoutMs: number): Promise<SurveyAnswer> {
  return new Promise((resolve) => {
    let answer: SurveyAnswer | undefined;
    let errors = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-2_000);
    });
    child.on('message', (message) => {
      answer = message as SurveyAnswer;
    });
    child.on('error', (error) => {
      errors += error.message;
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const end = late
        ? `it did not answer within ${timeoutMs / 1_000} s`
        : `its process ended early (${signal === null ? `exit code ${code ?? '?'}` : `signal ${signal}`})`;
      resolve(answer ?? { status: 'refused', why: errors === '' ? end : `${end}\n${errors.trim()}` });
    });
  });
}

/** Children run the built program, also when this file is run from its source (by a test runner). */
function builtChild(): string {
  const beside = import.meta.url.endsWith('.ts')
    ? '../../dist/src/engine/survey-child.js'
    : './survey-child.js';
  const file = fileURLToPath(new URL(beside, import.meta.url));
  if (existsSync(file)) return file;
  throw new SuiteError({
    code: 'survey-not-built',
    what: 'the process that opens an engine cannot be started',
    given: file,
    expected: 'the built program',
    todo: 'npm run build',
  });
}
