/** Tells on a terminal how far long work is, and how long it will take. */
export interface BenchProgress {
  /** So many steps are to come, each about as long as another. */
  begin(steps: number): void;
  /** The next of them begins. */
  step(what: string, part: string): void;
  /** Says something beside. */
  say(text: string): void;
}

/** To standard error, a line a benchmark, or one that is written over where someone looks on. */
export function benchProgress(stream: NodeJS.WriteStream): BenchProgress {
  let [steps, done] = [0, -1];
  let began = performance.now();
  let last = '';
  return {
    begin: (count) => {
      [steps, done, began] = [count, -1, performance.now()];
    },
    step: (what, part) => {
      done += 1;
      const left = done === 0 ? '' : `, ${leftText(((performance.now() - began) / done) * (steps - done))}`;
      if (stream.isTTY) stream.write(`\r\u001b[2K${what}: ${part} (${done + 1} of ${steps}${left})`);
      else if (what !== last) stream.write(`${what} … (${done + 1} of ${steps} processes${left})\n`);
      if (done === steps - 1 && stream.isTTY) stream.write('\n');
      last = what;
    },
    say: (text) => void stream.write(`${text}\n`),
  };
}

function leftText(ms: number): string {
  const minutes = ms / 60_000;
  return minutes < 1.5 ? `${Math.ceil(ms / 1000)} s left` : `${Math.round(minutes)} min left`;
}
