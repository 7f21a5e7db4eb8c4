import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonParts } from '../../../src/runs/text/json-parts.ts';

interface Cut {
  readonly elements: [unknown, number, string | undefined][];
  readonly members: [string, unknown, number][];
  readonly wrong: [string, number][];
  readonly missing: ReturnType<JsonParts['end']>;
}

/** Cuts a text that comes in pieces; every list is opened. */
function cut(text: string, pieceBytes = 5): Cut {
  const [elements, members, wrong]: [Cut['elements'], Cut['members'], Cut['wrong']] = [[], [], []];
  const parts = new JsonParts({
    opens: () => true,
    element: (part, line, key) => elements.push([JSON.parse(part), line, key]),
    member: (key, part, line) => members.push([key, JSON.parse(part ?? 'null'), line]),
    wrong: (what, line) => wrong.push([what, line]),
  });
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += pieceBytes)
    parts.write(bytes.subarray(from, from + pieceBytes));
  return { elements, members, wrong, missing: parts.end() };
}

describe('the parts of a JSON text', () => {
  test('elements of a list, with their lines', () => {
    const { elements, wrong, missing } = cut(
      '\uFEFF[\n {"a": [1, "]"]},\n\n {"b":\n{"c": "\\"}"}}, 12,\n"x", null]\n',
    );
    expect(elements).toEqual([
      [{ a: [1, ']'] }, 2, undefined],
      [{ b: { c: '"}' } }, 4, undefined],
      [12, 5, undefined],
      ['x', 6, undefined],
      [null, 6, undefined],
    ]);
    expect([wrong, missing]).toEqual([[], undefined]);
  });

  test('members of an object, and elements of lists in it', () => {
    const { elements, members, wrong, missing } = cut(
      '{"a": 1, "list": [{"b": 2}, 3], "é\\n": {"d": [4]}, "e": []}',
    );
    expect(elements).toEqual([
      [{ b: 2 }, 1, 'list'],
      [3, 1, 'list'],
    ]);
    expect(members).toEqual([
      ['a', 1, 1],
      ['é\n', { d: [4] }, 1],
    ]);
    expect([wrong, missing]).toEqual([[], undefined]);
  });

  test('a value that is no setting by its length is not kept, and what follows is read', () => {
    const { members, wrong, missing } = cut(`{"picture": "${'x'.repeat(2 ** 20)}",\n"lr": 0.1}`, 2 ** 16);
    expect(members).toEqual([
      ['picture', null, 1],
      ['lr', 0.1, 2],
    ]);
    expect([wrong, missing]).toEqual([[], undefined]);
  });

  test.each([
    ['', 1, 'no list'],
    ['[1,\n2', 2, 'middle of a value'],
    ['[1,\n2,\n', 3, 'before the list is closed'],
    ['{"a": [1, 2],', 1, 'before the object is closed'],
    ['[{"a": "]', 1, 'middle of a value'],
  ])('cut off: %j', (text, line, what) => {
    const { missing } = cut(text);
    expect(missing).toMatchObject({ line });
    expect(missing?.what).toContain(what);
  });

  test.each([
    ['[1 2]', 'comma is missing', [1, 2]],
    ['[1,, 2]', '"," stands where it cannot', [1]],
    ['[1] [2]', 'something follows', [1]],
    ['{"a": 1 "b": 2}', 'comma is missing', []],
    ['{1: 2}', '"1" stands where it cannot', []],
    ['{"a": }', '"}" stands where it cannot', []],
    ['hello', '"h" stands where it cannot', []],
  ])('not JSON: %j', (text, what, read) => {
    const { elements, wrong } = cut(text);
    expect(elements.map(([value]) => value)).toEqual(read);
    expect(wrong.map(([message]) => message)).toEqual([expect.stringContaining(what)]);
  });

  test('any list is put together again from its elements, however it comes in', () => {
    const lists = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        lists,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(0, 2),
        (list, pieceBytes, indent) => {
          const { elements, wrong, missing } = cut(JSON.stringify(list, undefined, indent), pieceBytes);
          // JSON has no -0.
          expect(elements.map(([value]) => value)).toEqual(JSON.parse(JSON.stringify(list)));
          expect([wrong, missing]).toEqual([[], undefined]);
        },
      ),
    );
  });
});
