/** One option of a command, as commander writes it. */
export interface CommandOption {
  readonly flags: string;
  readonly description: string;
  readonly defaultValue?: string;
  /** May be given many times; its value is then a list. */
  readonly repeatable?: boolean;
}

/** A command of the program. It returns the exit code: 0 fine, 1 violated or sick, 2 could not judge or wrong usage. */
export interface Command {
  /** Longer help: what it answers, its exit codes, examples. */
  readonly help: string | (() => string);
  readonly arguments?: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly CommandOption[];
  readonly run: (args: readonly string[], options: Readonly<Record<string, unknown>>) => Promise<number>;
}
