/** Exit codes of shells for a process that a signal has ended: 128 and the number of the signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Listens for Ctrl-C and for a request to end. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Of the signal that came; undefined while none has. */
  exitCode(): number | undefined;
  /** Signals do again what they do by default. */
  stop(): void;
}

/** The first signal is for the run to end in good order; the second ends the process at once. */
export function listenForInterruption(onFirst: () => void): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const handlers = Object.entries(EXIT_CODES).map(([name, code]) => {
    const handler = (): void => {
      if (exitCode !== undefined) process.exit(code);
      exitCode = code;
      controller.abort();
      onFirst();
    };
    process.on(name, handler);
    return () => process.off(name, handler);
  });
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    stop: () => {
      for (const remove of handlers) remove();
    },
  };
}
