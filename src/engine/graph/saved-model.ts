import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/*
 * The part of TensorFlow's SavedModel that a graph of kernels needs (tensorflow/core/protobuf/{saved_model,meta_graph}.proto
 * and tensorflow/core/framework/{graph,node_def,attr_value,tensor,tensor_shape,versions}.proto):
 *
 *     SavedModel   { int64 schema_version = 1; repeated MetaGraphDef meta_graphs = 2; }
 *     MetaGraphDef { MetaInfoDef { repeated string tags = 4; } meta_info_def = 1; GraphDef graph_def = 2; }
 *     GraphDef     { repeated NodeDef node = 1; VersionDef { int32 producer = 1; } versions = 4; }
 *     NodeDef      { string name = 1; string op = 2; repeated string input = 3; map<string, AttrValue> attr = 5; }
 *     AttrValue    { bytes s = 2; int64 i = 3; float f = 4; bool b = 5; DataType type = 6; TensorShape shape = 7; Tensor tensor = 8; }
 *     Tensor       { DataType dtype = 1; TensorShape tensor_shape = 2; bytes tensor_content = 4; }
 *     TensorShape  { repeated Dim { int64 size = 1; } dim = 2; }
 */

/** A number of TensorFlow's enum DataType. */
export type DataType = number;

/** An attribute of a node, by the field of AttrValue that holds it. */
export type Attribute =
  | { readonly kind: 'type'; readonly value: DataType }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int' | 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string };

/** A kernel of the graph; tensors are named `node:output`. */
export interface GraphNode {
  readonly name: string;
  readonly operation: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** What a graph is fed, by the name of its node. */
export interface GraphInput {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly number[];
}

/** A tensor that is part of the graph; its bytes are little-endian. */
export interface GraphConstant extends GraphInput {
  readonly bytes: Uint8Array;
}

export interface Graph {
  readonly inputs: readonly GraphInput[];
  readonly constants: readonly GraphConstant[];
  readonly nodes: readonly GraphNode[];
}

/** The tag by which the loader finds the graph. */
export const GRAPH_TAG = 'serve';

/** Newer than every change of default attributes of the operations that tfjs calls; libtensorflow 2.9 is at 1087 already. */
const PRODUCER = 1087;

const { Varint, LengthDelimited, Bit32 } = WireType;

/** The bytes of `saved_model.pb` for a graph. */
export function savedModelOf({ inputs, constants, nodes }: Graph): Uint8Array {
  const writer = new BinaryWriter().tag(1, Varint).int64(1);
  message(writer, 2, () => {
    message(writer, 1, () => writer.tag(4, LengthDelimited).string(GRAPH_TAG));
    message(writer, 2, () => {
      for (const input of inputs) placeholder(writer, input);
      for (const constant of constants) constantNode(writer, constant);
      for (const node of nodes) kernelNode(writer, node);
      message(writer, 4, () => writer.tag(1, Varint).int32(PRODUCER));
    });
  });
  return writer.finish();
}

function placeholder(writer: BinaryWriter, { name, type, shape }: GraphInput): void {
  nodeOf(writer, name, 'Placeholder', () => {
    attribute(writer, 'dtype', () => writer.tag(6, Varint).int32(type));
    attribute(writer, 'shape', () => {
      shapeField(writer, 7, shape);
    });
  });
}

function constantNode(writer: BinaryWriter, { name, type, shape, bytes }: GraphConstant): void {
  nodeOf(writer, name, 'Const', () => {
    attribute(writer, 'dtype', () => writer.tag(6, Varint).int32(type));
    attribute(writer, 'value', () => {
      message(writer, 8, () => {
        writer.tag(1, Varint).int32(type);
        shapeField(writer, 2, shape);
        writer.tag(4, LengthDelimited).bytes(bytes);
      });
    });
  });
}

function kernelNode(writer: BinaryWriter, { name, operation, inputs, attributes }: GraphNode): void {
  nodeOf(writer, name, operation, () => {
    for (const input of inputs) writer.tag(3, LengthDelimited).string(input);
    for (const [key, value] of Object.entries(attributes)) {
      attribute(writer, key, () => {
        attributeValue(writer, value);
      });
    }
  });
}

function attributeValue(writer: BinaryWriter, attribute: Attribute): void {
  switch (attribute.kind) {
    case 'string':
      writer.tag(2, LengthDelimited).string(attribute.value);
      break;
    case 'int':
      writer.tag(3, Varint).int64(attribute.value);
      break;
    case 'float':
      writer.tag(4, Bit32).float(attribute.value);
      break;
    case 'bool':
      writer.tag(5, Varint).bool(attribute.value);
      break;
    case 'type':
      writer.tag(6, Varint).int32(attribute.value);
  }
}

function nodeOf(writer: BinaryWriter, name: string, operation: string, rest: () => void): void {
  message(writer, 1, () => {
    writer.tag(1, LengthDelimited).string(name).tag(2, LengthDelimited).string(operation);
    rest();
  });
}

function attribute(writer: BinaryWriter, key: string, value: () => void): void {
  message(writer, 5, () => {
    writer.tag(1, LengthDelimited).string(key);
    message(writer, 2, value);
  });
}

function shapeField(writer: BinaryWriter, field: number, shape: readonly number[]): void {
  message(writer, field, () => {
    for (const size of shape) message(writer, 2, () => writer.tag(1, Varint).int64(size));
  });
}

function message(writer: BinaryWriter, field: number, body: () => void): void {
  writer.tag(field, LengthDelimited).fork();
  body();
  writer.join();
}
