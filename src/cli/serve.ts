import { ENGINE_NAMES, openEngine } from '../engine/index.ts';
import { correctKit, subjectOf } from '../subjects/index.ts';
import { serveSubject } from '../verification/protocol/index.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';

const HELP = `Answers for the models of this package by the protocol of subjects in other languages: one message of JSON-RPC 2.0 a
line, requests on standard input, answers on standard output, until the input ends. It shows what an adapter has to do,
and lets a tool that speaks the protocol be tried on models that are right.

  plumbline gate --subject "npx plumbline serve --engine wasm" --laws nk/*`;

/** `plumbline serve` */
export const serveCommand: Command = {
  help: HELP,
  options: [{ flags: '--engine <name>', description: 'on which it computes', defaultValue: 'wasm' }],
  run: async (_args, { engine: name }) => {
    const [chosen = 'wasm'] = choose('engine', String(name), ENGINE_NAMES);
    const engine = await openEngine(chosen);
    // Whatever prints, prints for people.
    const answers = process.stdout.write.bind(process.stdout);
    process.stdout.write = process.stderr.write.bind(process.stderr);
    try {
      await serveSubject(
        subjectOf(correctKit, engine),
        {
          language: 'TypeScript',
          runtime: `Node ${process.version}, tfjs on ${engine.name} ${engine.version}`,
          devices: [engine.name],
          deterministic: true,
        },
        { input: process.stdin, output: { write: answers } },
      );
    } finally {
      // What was answered is flushed when the command ends.
      process.stdout.write = answers;
    }
    return 0;
  },
};
