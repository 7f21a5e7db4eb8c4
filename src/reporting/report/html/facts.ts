import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Fact } from '../report.ts';

export function factsPart(facts: readonly Fact[]): Element {
  return h(
    'dl',
    { className: ['facts'] },
    facts.flatMap(({ name, value }) => [h('dt', name), h('dd', value)]),
  );
}
