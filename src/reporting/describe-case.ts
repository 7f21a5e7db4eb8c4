/** Longest array that is printed whole. */
const WHOLE = 48;

/** One case as a person reads it: a line a field, tensors with type and values, numbers with all digits that count. */
export function describeCase(sample: unknown, indent: string): string {
  if (
    typeof sample !== 'object' ||
    sample === null ||
    ArrayBuffer.isView(sample) ||
    Array.isArray(sample) ||
    isTensor(sample)
  ) {
    return `${indent}${describe(sample, indent)}`;
  }
  return Object.entries(sample)
    .map(([name, value]) => `${indent}${name}: ${describe(value, `${indent}  `)}`)
    .join('\n');
}

function describe(value: unknown, indent: string): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return describeNumbers(Array.from(value as unknown as ArrayLike<number>), []).trim();
  if (isTensor(value))
    return `${value.dtype}[${value.shape.join(', ')}]${describeNumbers(Array.from(value.data), value.shape, indent)}`;
  if (Array.isArray(value)) {
    if (value.some(isTensor))
      return value.map((entry) => `\n${indent}- ${describe(entry, `${indent}  `)}`).join('');
    return `[${value.map((entry) => describe(entry, indent)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.some(([, entry]) => isTensor(entry) || Array.isArray(entry)))
      return `\n${describeCase(value, indent)}`;
    return `{ ${entries.map(([name, entry]) => `${name}: ${describe(entry, indent)}`).join(', ')} }`;
  }
  return value === undefined ? 'undefined' : JSON.stringify(value);
}

/** Rows of a matrix on lines of their own. */
function describeNumbers(numbers: readonly number[], shape: readonly number[], indent = ''): string {
  const columns = shape.length > 1 ? (shape.at(-1) ?? 1) : 0;
  const text = numbers.slice(0, WHOLE * (columns > 0 ? 4 : 1)).map(shortest);
  const rest = numbers.length > text.length ? `, … ${numbers.length - text.length} more` : '';
  if (columns === 0 || numbers.length === 0) return ` [${text.join(', ')}${rest}]`;
  const rows = Array.from({ length: Math.ceil(text.length / columns) }, (_, row) =>
    text.slice(row * columns, (row + 1) * columns).join(', '),
  );
  return rows.map((row) => `\n${indent}[${row}]`).join('') + rest;
}

/** The shortest decimal that reads back as the same single-precision number, where the value is one. */
function shortest(value: number): string {
  if (Object.is(value, -0)) return '-0';
  if (Math.fround(value) !== value) return String(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}

interface TensorLike {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

function isTensor(value: unknown): value is TensorLike {
  return (
    typeof value === 'object' && value !== null && 'dtype' in value && 'shape' in value && 'data' in value
  );
}
