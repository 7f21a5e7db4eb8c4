import { describe, expect, it } from 'vitest';
import { overlay } from '../../src/models/overlay.ts';

describe('overlay', () => {
  it('goes key by key at every depth, and replaces lists and groups of another rule', () => {
    const base = { a: 1, group: { b: 2, c: [1, 2] }, rule: { rule: 'x', n: 3 } };
    expect(overlay(base, { group: { c: [9] }, rule: { rule: 'y' } })).toEqual({
      a: 1,
      group: { b: 2, c: [9] },
      rule: { rule: 'y' },
    });
    expect(overlay(base, { rule: { n: 4 } })).toMatchObject({ rule: { rule: 'x', n: 4 } });
    const named = { environment: { name: 'x', n: 3 } };
    expect(overlay(named, { environment: { name: 'y' } })).toEqual({ environment: { name: 'y' } });
    expect(overlay(named, { environment: { name: 'x', m: 4 } })).toEqual({
      environment: { name: 'x', n: 3, m: 4 },
    });
    expect(base.group.c).toEqual([1, 2]);
  });

  it('lays nothing of one thing under another of its kind', () => {
    const base = { environment: { name: 'cart-pole', timeLimit: 500 } };
    expect(overlay(base, { environment: { name: 'durotaxis' } })).toEqual({
      environment: { name: 'durotaxis' },
    });
    expect(overlay(base, { environment: { name: 'cart-pole', timeLimit: 7 } })).toEqual({
      environment: { name: 'cart-pole', timeLimit: 7 },
    });
    expect(overlay(base, { environment: { timeLimit: 9 } })).toEqual({
      environment: { name: 'cart-pole', timeLimit: 9 },
    });
  });

  it('takes no key for a prototype', () => {
    const over = JSON.parse('{"__proto__": {"a": 2}}') as Record<string, unknown>;
    expect(Object.keys(overlay({ a: 1 }, over))).toEqual(['a', '__proto__']);
  });
});
