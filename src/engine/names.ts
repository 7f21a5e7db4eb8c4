/** The tensor backends that Plumbline knows by name, whether or not they are here. */
export const ENGINE_NAMES = ['wasm', 'cpu', 'webgpu', 'tensorflow', 'tensorflow-gpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** The engines of a command that names none: all of them; what is absent is listed, and does not fail. */
export const DEFAULT_ENGINES: readonly EngineName[] = ENGINE_NAMES;

export function isEngineName(name: string): name is EngineName {
  return ENGINE_NAMES.some((known) => known === name);
}
