import { presetsOf } from '../models/presets.ts';
import { table } from '../reporting/table.ts';

/** The presets of models, as a help text lists them. */
export function presetTable(models: readonly string[]): string {
  return models
    .map((model) =>
      table(
        presetsOf(model).map(({ name, summary }) => [`${model} ${name}`, summary]),
        '  ',
      ),
    )
    .join('\n');
}
