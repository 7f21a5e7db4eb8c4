import { describe, expect, test } from 'vitest';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { event, eventsFile, simple, tensor } from './formats/tensorboard/events.ts';
import { logFolder } from './log-folder.ts';
import { readWhole } from './reading.ts';

const BIG = '12345678901234567890';

async function found(path: string) {
  const { runs } = await readWhole([path]);
  const problems = runs.flatMap((run) => run.problems);
  return problems
    .filter(({ kind }) => kind === 'integers-rounded')
    .map(({ what, place }) => [/^"(.*)" is/.exec(what)?.[1], place.line ?? 'byte']);
}

const text = (name: string, content: string): string => `${logFolder({ [name]: content })}/${name}`;

describe('whole numbers beyond 2^53', () => {
  test('are told of once a key, where they first stand', async () => {
    const [rest, twice] = ['"n": 7', `"n": ${BIG}, "a": {"m": ${BIG}}`];
    const lines = `{"step": 1, ${rest}}\n{"step": 2, ${twice}}\n{"step": 9007199254740993, ${twice}}\n`;
    const all = [
      ['n', 2],
      ['a/m', 2],
      ['step', 3],
    ];
    expect(await found(text('log.jsonl', lines))).toEqual(all);
    const list = `[${lines.trim().replaceAll('\n', ',\n')}]`;
    expect(await found(text('log.json', list))).toEqual(all.map(([key, line]) => [key, line]));
    expect(await found(text('log.csv', `step,n\n1,7\n2,${BIG}\n3,${BIG}\n`))).toEqual([['n', 3]]);
    expect(await found(text('log.json', `{"loss": [1, 2],\n"n": [7, ${BIG}]}`))).toEqual([['n', 2]]);
  });

  test('of event files, in tensors and steps', async () => {
    const long = new BinaryWriter().int64(BigInt('9007199254740993')).finish();
    const file = eventsFile(
      event(1, simple('loss', 1), tensor('n', 9, [[10, long]])),
      event(2, tensor('n', 9, [[10, long]])),
    );
    expect(await found(file)).toEqual([['n', 'byte']]);
  });

  test('those that a float64 is, and large numbers that are no whole ones, are not', async () => {
    const numbers = ['1e300', '1.5e+20', '9007199254740992', '18014398509481984', '123456789012345678e3'];
    const lines = numbers.map((number, step) => `{"step": ${step}, "n": ${number}}\n`).join('');
    expect(await found(text('log.jsonl', lines))).toEqual([]);
    const rows = numbers.map((number, step) => `${step},${number}\n`).join('');
    expect(await found(text('log.csv', `step,n\n${rows}`))).toEqual([]);
  });
});
