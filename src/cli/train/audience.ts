/** Is told how far one run is. */
export interface RunWatcher {
  /** Takes note of the loss that was read last. */
  read(loss: number): void;
  /** Takes note of the steps taken so far. */
  reach(step: number): void;
  /** Takes note of other work that takes long. */
  work(doing: string): void;
  /** The run needs to be watched no longer. */
  clear(): void;
}

/** Who looks on while a run is trained: a person at a terminal, or another process. */
export interface Audience {
  /** A sentence about the run as a whole. */
  say(sentence: string): void;
  /** A run of so many gradient steps begins. */
  watch(total: number): RunWatcher;
}
