import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Tone } from '../report.ts';
import type { State } from '../state.ts';

/** A mark and a word a state: nothing is told by its colour alone. */
export const STATE_WORDS: Readonly<Record<State, { readonly mark: string; readonly word: string }>> = {
  failed: { mark: '✕', word: 'failed' },
  suspect: { mark: '?', word: 'suspect' },
  remark: { mark: 'i', word: 'remark' },
  accepted: { mark: '≈', word: 'accepted' },
  'not-checked': { mark: '–', word: 'not checked' },
  passed: { mark: '✓', word: 'passed' },
};

const TONE_MARKS: Readonly<Record<Tone, string>> = { bad: '✕', open: '?', good: '✓' };

export function stateBadge(state: State, text = STATE_WORDS[state].word): Element {
  return badge(STATE_WORDS[state].mark, text, state);
}

export function verdictBadge({ word, tone }: { readonly word: string; readonly tone: Tone }): Element {
  return badge(TONE_MARKS[tone], word, tone);
}

function badge(mark: string, text: string, kind: string): Element {
  return h('span', { className: ['badge', kind] }, [h('span', { ariaHidden: 'true' }, mark), ` ${text}`]);
}
