import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../src/runs/text/json-text.ts';

describe('parseJson', () => {
  test('reads what JSON.parse reads, to the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('reads what Python writes for numbers that JSON does not know', () => {
    expect(parseJson('{"a": NaN, "b": [Infinity, -Infinity], "NaN": "a NaN, \\"NaN\\"", "c": -1}')).toEqual({
      a: 'NaN',
      b: ['Infinity', '-Infinity'],
      NaN: 'a NaN, "NaN"',
      c: -1,
    });
  });

  test.each(['{"a": NaNs}', '{"a": 1', 'NaN NaN', '{a: 1}', "{'a': 1}", ''])('refuses %j', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});
