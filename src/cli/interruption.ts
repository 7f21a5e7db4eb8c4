/** Exit codes of shells for a process that a signal has ended: 128 and the number of the signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** What people call them. */
const NAMES = { SIGINT: 'Ctrl-C', SIGTERM: 'SIGTERM', SIGHUP: 'SIGHUP' } as const;

/** Listens for Ctrl-C, for a request to end, and for a terminal that is closed (SIGHUP). */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Of the signal that came; undefined while none has. */
  exitCode(): number | undefined;
  /** `Ctrl-C`, `SIGTERM` or `SIGHUP`; undefined while none has come. */
  by(): string | undefined;
  /** Signals do again what they do by default. */
  stop(): void;
}

/** The first signal is for the run to end in good order; the second ends the process at once. */
export function listenForInterruption(onFirst: () => void): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let by: string | undefined;
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((name) => {
    const code = EXIT_CODES[name];
    const handler = (): void => {
      if (exitCode !== undefined) process.exit(code);
      exitCode = code;
      by = NAMES[name];
      // What is told to a terminal that is gone is lost, and nothing else.
      if (name === 'SIGHUP')
        for (const out of [process.stdout, process.stderr]) out.on('error', () => undefined);
      controller.abort();
      onFirst();
    };
    process.on(name, handler);
    return () => process.off(name, handler);
  });
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    by: () => by,
    stop: () => {
      for (const remove of handlers) remove();
    },
  };
}
