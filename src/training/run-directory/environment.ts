import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot, versions } from '../../version.ts';
import { runIdentitySchema } from './identity.ts';

const commit = z.strictObject({ commit: z.string(), dirty: z.boolean() });

/** How a run is taken down, which changes none of its numbers. */
export const runSettingsSchema = z
  .strictObject({
    /** Gradient steps to take; all that are configured where it is absent. */
    steps: z.int().positive().optional(),
    logEvery: z.int().positive(),
    checkpointEvery: z.int().positive(),
  })
  .readonly();
export type RunSettings = z.output<typeof runSettingsSchema>;

const placeSchema = z.strictObject({
  startedAt: z.iso.datetime(),
  versions: z.record(z.string(), z.string()),
  /** Commits of Plumbline, where it runs from a clone, and of the folder that the command was given in. */
  git: z.strictObject({ plumbline: commit.optional(), folder: commit.optional() }),
  platform: z.strictObject({
    os: z.string(),
    release: z.string(),
    architecture: z.string(),
    cpu: z.string(),
    cores: z.int(),
    memoryBytes: z.number(),
  }),
  /** Variables of the environment that engines read, where they are set: threads, and how they compute. */
  variables: z.record(z.string(), z.string()),
});

/** Where and with what a run was computed. */
export type RunPlace = Readonly<z.output<typeof placeSchema>>;

/** What `environment.json` holds. */
export const runEnvironmentSchema = z.strictObject({
  kind: z.literal('plumbline run'),
  format: z.literal(1),
  ...runIdentitySchema.unwrap().omit({ configuration: true, versions: true }).shape,
  settings: runSettingsSchema,
  ...placeSchema.shape,
  /** Each time that the run was gone on with, and the step from which. */
  resumes: z.array(placeSchema.extend({ step: z.int().nonnegative() })),
});
export type RunEnvironment = Readonly<z.output<typeof runEnvironmentSchema>>;

/** Threads change the speed; the bits were the same with one and with two. */
const THREADS = ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS', 'OMP_NUM_THREADS'];

/** These change the bits: the order of summation, and the width of products. */
const ARITHMETIC = ['TF_ENABLE_ONEDNN_OPTS', 'NVIDIA_TF32_OVERRIDE'];

/** Describes this machine, this process and the commits of the code. */
export function placeHere(): RunPlace {
  const { plumbline = '', node = '', '@tensorflow/tfjs': tfjs = '' } = versions();
  const [own, folder] = [ownCommit(), commitAt(process.cwd())];
  return {
    startedAt: new Date().toISOString(),
    versions: { plumbline, '@tensorflow/tfjs': tfjs, node, v8: process.versions.v8 },
    git: {
      ...(own === undefined ? {} : { plumbline: own }),
      ...(folder === undefined ? {} : { folder }),
    },
    platform: {
      os: platform(),
      release: release(),
      architecture: process.arch,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryBytes: totalmem(),
    },
    variables: setAmong([...THREADS, ...ARITHMETIC]),
  };
}

/** The versions and switches on which the bits of a run depend. */
export function identityVersions(): Readonly<Record<string, string>> {
  const { plumbline = '', '@tensorflow/tfjs': tfjs = '' } = versions();
  const node = `${process.versions.node.split('.')[0] ?? ''}.x`;
  return { plumbline, '@tensorflow/tfjs': tfjs, node, ...setAmong(ARITHMETIC) };
}

function setAmong(names: readonly string[]): Readonly<Record<string, string>> {
  const set = names.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(set.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** An installed package lies in the repository of its user, which is not the commit of its code. */
function ownCommit(): RunPlace['git']['plumbline'] {
  const root = packageRoot();
  return existsSync(join(root, '.git')) ? commitAt(root) : undefined;
}

/** HEAD of the repository around a folder, and whether its files differ from it; undefined outside, or without git. */
function commitAt(folder: string): { commit: string; dirty: boolean } | undefined {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    }).trim();
  try {
    return {
      commit: git('rev-parse', 'HEAD'),
      dirty: git('status', '--porcelain', '--untracked-files=no') !== '',
    };
  } catch {
    return undefined;
  }
}
