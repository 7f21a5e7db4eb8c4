import { InputError } from '../../errors.ts';
import { closestName } from '../../closest-name.ts';
import type { UserAlias } from '../../runs/index.ts';
import { meaningsFor, METRICS } from '../../runs/index.ts';

/**
 * What the user says that names of a log mean: `mine=canonical`.
 *
 * @throws InputError `alias-invalid`, with the nearest canonical name.
 */
export function aliasesIn(texts: readonly string[]): readonly UserAlias[] {
  return texts.map((text) => {
    const at = text.lastIndexOf('=');
    const [logged, canonical] = [text.slice(0, at), text.slice(at + 1)];
    if (at > 0 && meaningsFor('', [{ logged, canonical }])(logged) !== undefined)
      return { logged, canonical };
    const near = closestName(
      canonical,
      METRICS.map(({ name }) => name),
    );
    throw new InputError({
      code: 'alias-invalid',
      what: '--alias does not name a metric that Plumbline knows',
      given: text,
      expected: 'a name in the log, =, and a canonical name: my_loss=value-loss',
      todo: `${near === undefined ? '' : `perhaps ${near}; `}plumbline runs --names lists them all`,
    });
  });
}
