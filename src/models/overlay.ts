/** Settings by key, in groups. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * Settings laid over others, key by key at every depth; lists and values of another kind replace what is below.
 * A group that names another `rule`, or has another `name`, replaces the whole group, since its keys belong to it.
 */
export function overlay(base: Settings, over: Settings): Settings {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key);
    merged.set(
      key,
      isGroup(below) && isGroup(value) && isOfOneKind(below, value) ? overlay(below, value) : value,
    );
  }
  // Through a map, since a key of a file may be `__proto__`.
  return Object.fromEntries(merged);
}

/** Keys that say which other keys a group has. */
const KIND_KEYS = ['rule', 'name'];

function isOfOneKind(below: Settings, over: Settings): boolean {
  return KIND_KEYS.every((key) => over[key] === undefined || over[key] === below[key]);
}

/** Whether a value is a group of settings: no list, and nothing that is a single value. */
export function isGroup(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
