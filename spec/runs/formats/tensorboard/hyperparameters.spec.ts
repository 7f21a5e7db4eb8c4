import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, test } from 'vitest';
import {
  settingsInPlugin,
  settingsInTable,
} from '../../../../src/runs/formats/tensorboard/hyperparameters.ts';
import { message } from './events.ts';

describe('a table of settings', () => {
  test('numbers, truth values, None and text, as Python prints them', () => {
    const rows = [
      '|lr|2.5e-4|',
      '|seed|-1|',
      '|anneal|True|',
      '|track|False|',
      '|entity|None|',
      '|env|A-v1|',
      '|hidden|[64, 64]|',
    ];
    expect(settingsInTable(['|param|value|', '|-|-|', ...rows].join('\n'))).toEqual({
      lr: 2.5e-4,
      seed: -1,
      anneal: true,
      track: false,
      entity: null,
      env: 'A-v1',
      hidden: '[64, 64]',
    });
  });

  test('values that hold bars and line breaks; names that every object has', () => {
    const table = '| param | value |\n|:--|--:|\n|a|x | y|\n|b|one\ntwo|\n|__proto__|1|\n|empty||';
    expect(Object.entries(settingsInTable(table) ?? {})).toEqual([
      ['a', 'x | y'],
      ['b', 'one\ntwo'],
      ['__proto__', 1],
      ['empty', ''],
    ]);
  });

  test('other texts are none', () => {
    for (const text of ['', 'a note', '|step|sample|\n|-|-|\n|1|x|', '|param|value|\n|lr|1|']) {
      expect(settingsInTable(text)).toBeUndefined();
    }
  });
});

describe('settings of the plugin', () => {
  const setting = (name: string, value: Uint8Array) =>
    message([
      [
        1,
        message([
          [1, name],
          [2, value],
        ]),
      ],
    ]);

  test('numbers, text, truth values, nothing', () => {
    const start = Buffer.concat([
      setting('lr', new BinaryWriter().tag(2, WireType.Bit64).double(0.1).finish()),
      setting('env', message([[3, 'A-v1']])),
      setting('anneal', new BinaryWriter().tag(4, WireType.Varint).bool(true).finish()),
      setting('entity', new BinaryWriter().tag(1, WireType.Varint).int32(0).finish()),
    ]);
    expect(settingsInPlugin(message([[3, start]]))).toEqual({
      lr: 0.1,
      env: 'A-v1',
      anneal: true,
      entity: null,
    });
  });

  test('the description of an experiment has none', () => {
    expect(settingsInPlugin(message([[2, message([])]]))).toBeUndefined();
  });
});
