#!/usr/bin/env node
import { Command as Program, CommanderError } from 'commander';
import { PlumblineError } from '../errors.ts';
import { plumblineVersion } from '../version.ts';
import { COMMANDS } from './commands.ts';

const USAGE = 2;

const program = new Program('plumbline')
  .description(
    'Holds neural-network trainers for economic models and reinforcement learning against the laws they must obey.',
  )
  .version(plumblineVersion())
  .showHelpAfterError('(plumbline COMMAND --help shows its options)')
  .exitOverride();

for (const { name, summary, load } of COMMANDS) {
  const registered = program.command(name).summary(summary).description(summary).exitOverride();
  // `plumbline gate …` and `plumbline help gate`: the others are listed, and not loaded.
  if (!process.argv.slice(2, 4).includes(name)) continue;
  const command = await load();
  registered.addHelpText(
    'after',
    () => `\n${typeof command.help === 'string' ? command.help : command.help()}`,
  );
  for (const { name: argument, description } of command.arguments ?? [])
    registered.argument(argument, description);
  for (const { flags, description, defaultValue, repeatable } of command.options) {
    if (repeatable === true) registered.option(flags, description, gather, []);
    else registered.option(flags, description, defaultValue);
  }
  registered.action(async () => {
    process.exitCode = await command.run(registered.args, registered.opts());
  });
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
// An engine may keep the event loop alive: the process ends when its output has left.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));

function gather(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** Help and version end with 0; everything else that is thrown is wrong usage, or a defect that keeps us from judging. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (error instanceof PlumblineError) process.stderr.write(`plumbline: ${error.message}\n`);
  else
    process.stderr.write(
      `plumbline: a defect of Plumbline itself\n${error instanceof Error ? (error.stack ?? '') : String(error)}\n`,
    );
  return USAGE;
}
