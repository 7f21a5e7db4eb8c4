/** A configuration that notes which of its keys are read. */
export interface ReadRecord<T> {
  /** The same values, behind a proxy. */
  readonly configuration: T;
  /** Every leaf key, dotted: `optimiser.beta1`. A list is one leaf. */
  readonly declared: readonly string[];
  /** Leaf keys that have been read so far, sorted. */
  readonly read: () => readonly string[];
}

/**
 * Wraps a configuration so that reads of its leaf keys are recorded: what is declared and never read is a key that a
 * user can set in vain.
 *
 * @example
 * const record = recordReads({ batch: 64, optimiser: { beta1: 0.9 } });
 * record.configuration.batch; // 64
 * record.read(); // ['batch']
 */
export function recordReads<T extends object>(configuration: T): ReadRecord<T> {
  const read = new Set<string>();
  return {
    // A copy, since a proxy must hand out the very values of an object that is frozen.
    configuration: recording(structuredClone(configuration), [], read),
    declared: leavesOf(configuration, []).sort(),
    read: () => [...read].sort(),
  };
}

function recording<T extends object>(node: T, path: readonly string[], read: Set<string>): T {
  return new Proxy(node, {
    get(target, key, receiver): unknown {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof key !== 'string' || !Object.hasOwn(target, key)) return value;
      const here = [...path, key];
      if (isBranch(value)) return recording(value, here, read);
      read.add(here.join('.'));
      return value;
    },
  });
}

function leavesOf(node: object, path: readonly string[]): string[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    isBranch(value) ? leavesOf(value, [...path, key]) : [[...path, key].join('.')],
  );
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
