/** Names in a run directory. */
export const RUN_FILES = {
  /** The whole configuration; as a preset it gives the same run. */
  configuration: 'config.yaml',
  environment: 'environment.json',
  /** A row a logged step, and nothing that differs between two runs with one seed. */
  metrics: 'metrics.jsonl',
  /** Wall time, speed and memory of the same steps. */
  timing: 'timing.jsonl',
  checkpoints: 'checkpoints',
  evaluation: 'evaluation.json',
} as const;

/**
 * Names as TensorBoard shows them, in groups; those that are in a group already, as `loss/fb`, stay there. The step is none.
 *
 * @example tagged('metrics', { step: 1, total: 2 }) // { 'metrics/total': 2 }
 */
export function tagged(
  group: string,
  row: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const named = Object.entries(row).filter(([name]) => name !== 'step');
  return Object.fromEntries(
    named.map(([name, value]) => [name.includes('/') ? name : `${group}/${name}`, value]),
  );
}
