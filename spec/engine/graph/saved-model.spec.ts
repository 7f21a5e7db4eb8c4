import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
import { savedModelOf } from '../../../src/engine/graph/saved-model.ts';

/** Fields of a message by number, in order; length-delimited ones as bytes, others as numbers. */
function fieldsOf(bytes: Uint8Array): [number, Uint8Array | number][] {
  const reader = new BinaryReader(bytes);
  const fields: [number, Uint8Array | number][] = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    fields.push([
      field,
      type === WireType.LengthDelimited
        ? reader.bytes()
        : type === WireType.Bit32
          ? reader.float()
          : Number(reader.int64()),
    ]);
  }
  return fields;
}

function inside(bytes: Uint8Array, ...path: readonly number[]): Uint8Array {
  return path.reduce((message, wanted) => {
    const found = fieldsOf(message).find(([field]) => field === wanted)?.[1];
    if (!(found instanceof Uint8Array)) throw new Error(`no message ${wanted}`);
    return found;
  }, bytes);
}

const text = (bytes: Uint8Array | number | undefined): string =>
  bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : String(bytes);

describe('savedModelOf', () => {
  const bytes = savedModelOf({
    inputs: [{ name: 'x', type: 1, shape: [2, 3] }],
    constants: [{ name: 'constant0', type: 3, shape: [1], bytes: new Uint8Array([7, 0, 0, 0]) }],
    nodes: [
      {
        name: 'kernel0',
        operation: 'Sum',
        inputs: ['x:0', 'constant0:0'],
        attributes: {
          T: { kind: 'type', value: 1 },
          keep_dims: { kind: 'bool', value: true },
          count: { kind: 'int', value: 5 },
          scale: { kind: 'float', value: 0.5 },
          label: { kind: 'string', value: 'rows' },
        },
      },
    ],
  });

  it('is tagged so that the loader finds it', () => {
    expect(text(inside(bytes, 2, 1, 4))).toBe('serve');
  });

  it('has a placeholder, a constant and a kernel, in this order', () => {
    const nodes = fieldsOf(inside(bytes, 2, 2)).filter(([field]) => field === 1);
    const operations = nodes.map(([, node]) => text(inside(node as Uint8Array, 2)));
    expect(operations).toEqual(['Placeholder', 'Const', 'Sum']);
    const [placeholder, constant, kernel] = nodes.map(([, node]) => node as Uint8Array);
    const attributes = (node: Uint8Array | undefined): Record<string, [number, Uint8Array | number][]> =>
      Object.fromEntries(
        fieldsOf(node ?? new Uint8Array())
          .filter(([field]) => field === 5)
          .map(([, entry]) => [
            text(inside(entry as Uint8Array, 1)),
            fieldsOf(inside(entry as Uint8Array, 2)),
          ]),
      );
    const [shapeField] = attributes(placeholder)['shape'] ?? [];
    const sizes = fieldsOf(shapeField?.[1] as Uint8Array).map(
      ([, size]) => fieldsOf(size as Uint8Array)[0]?.[1],
    );
    expect(sizes).toEqual([2, 3]);
    const [tensor] = attributes(constant)['value'] ?? [];
    expect([...inside(tensor?.[1] as Uint8Array, 4)]).toEqual([7, 0, 0, 0]);
    expect(
      fieldsOf(kernel ?? new Uint8Array())
        .filter(([field]) => field === 3)
        .map(([, name]) => text(name)),
    ).toEqual(['x:0', 'constant0:0']);
    const { T, keep_dims, count, scale, label } = attributes(kernel);
    expect([T, keep_dims, count, scale]).toEqual([[[6, 1]], [[5, 1]], [[3, 5]], [[4, 0.5]]]);
    expect(text(label?.[0]?.[1])).toBe('rows');
  });
});
