import type { Command } from './command.ts';

/** A command as the help of the program lists it; its code is loaded when it is asked for. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** The engines and the laws take seconds to load, which a command that needs neither must not cost. */
  readonly load: () => Promise<Command>;
}

/** Every command of the program, in the order of its help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'train',
    summary: 'train a model, and leave a run directory that can be resumed bit for bit',
    load: async () => (await import('./train.ts')).trainCommand,
  },
  {
    name: 'experiment',
    summary:
      'train variants of a run side by side, and say what each changes and which restores what is healthy',
    load: async () => (await import('./experiment.ts')).experimentCommand,
  },
  {
    name: 'solve',
    summary: 'solve a model without a network: the reference that a trained policy is held against',
    load: async () => (await import('./solve.ts')).solveCommand,
  },
  {
    name: 'runs',
    summary: 'read the logs of any training, and say what is in them',
    load: async () => (await import('./runs.ts')).runsCommand,
  },
  {
    name: 'diagnose',
    summary: 'read the log of a suspect run, and say what broke, when, and why',
    load: async () => (await import('./diagnose.ts')).diagnoseCommand,
  },
  {
    name: 'checks',
    summary: 'list the checks and checklists of diagnose, or explain some of them',
    load: async () => (await import('./checks.ts')).checksCommand,
  },
  {
    name: 'gate',
    summary: 'hold every law on every engine, and prove that the laws catch the documented bugs',
    load: async () => (await import('./gate.ts')).gateCommand,
  },
  {
    name: 'init',
    summary: 'write what a repository needs to have its own trainer gated, in its language',
    load: async () => (await import('./init.ts')).initCommand,
  },
  {
    name: 'operations',
    summary: 'list the operations that a subject may have, or say what some of them take and answer',
    load: async () => (await import('./operations.ts')).operationsCommand,
  },
  {
    name: 'serve',
    summary: 'answer for the models of this package as a subject in another language does',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  {
    name: 'bench',
    summary: 'measure throughput, memory and kernels of the trainers',
    load: async () => (await import('./bench.ts')).benchCommand,
  },
  {
    name: 'replay',
    summary: 'judge one counterexample again, bit for bit',
    load: async () => (await import('./replay.ts')).replayCommand,
  },
  {
    name: 'reproduce',
    summary: 'train with a documented bug, and see what its log shows and which laws reject it',
    load: async () => (await import('./reproduce.ts')).reproduceCommand,
  },
  {
    name: 'laws',
    summary: 'list the laws, or explain some of them',
    load: async () => (await import('./laws.ts')).lawsCommand,
  },
  {
    name: 'environments',
    summary: 'show the environments that agents are trained in, or hold one of your own to its contract',
    load: async () => (await import('./environments.ts')).environmentsCommand,
  },
  {
    name: 'engines',
    summary: 'show which engines are here, what they can be trusted with, and how to add the others',
    load: async () => (await import('./engines.ts')).enginesCommand,
  },
];
