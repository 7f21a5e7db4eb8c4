import type { MathNode } from 'mathjs';
import { isFunctionNode, isSymbolNode, parse, SymbolNode } from 'mathjs';
import { InputError } from '../../errors.ts';
import { closestName } from '../../closest-name.ts';
import { median } from '../../numerics/index.ts';
import { METRICS } from '../../runs/index.ts';
import type { Series } from '../evidence/series.ts';
import { valuesOf } from '../evidence/series.ts';

/** What may be asked of a whole series. */
const OF_SERIES: Readonly<Record<string, (values: readonly number[]) => number>> = {
  first: (values) => values[0] ?? Number.NaN,
  last: (values) => values.at(-1) ?? Number.NaN,
  least: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
  most: (values) => values.reduce((most, value) => Math.max(most, value), -Infinity),
  typical: (values) => median(values),
};

/** Functions of one row. */
const OF_ROW = ['abs', 'exp', 'log', 'log10', 'max', 'min', 'round', 'floor', 'ceil', 'sign', 'sqrt'];

/** An expression over metrics. */
export interface Expression {
  /** Canonical names, in the order in which values are to be given. */
  readonly metrics: readonly string[];
  /** Whether it is true for the values of a row. */
  readonly compile: (series: readonly Series[]) => (values: readonly number[]) => boolean;
}

/**
 * Parses an expression of mathjs in which metrics stand by their canonical names with `_` for `-`: `capital_labour`. Functions
 * of a row: abs, exp, log, max…; of a whole series: first, last, least, most, typical (the median). Nothing else is called.
 *
 * @throws InputError `expression-invalid`
 */
export function parseExpression(text: string, where: string): Expression {
  const names = new Map(
    METRICS.filter(({ name }) => !name.endsWith('/*')).map(({ name }) => [symbolOf(name), name]),
  );
  let tree: MathNode;
  try {
    tree = parse(text);
  } catch (error) {
    throw invalid(text, where, error instanceof Error ? error.message : String(error));
  }
  const symbols = new Set<string>();
  const aggregates = new Map<string, { readonly of: string; readonly symbol: string }>();
  const replaced = tree.transform((node, path, parent) => {
    if (isFunctionNode(node)) {
      const [name, argument] = [node.fn.name, node.args[0]];
      if (Object.hasOwn(OF_SERIES, name)) {
        if (
          argument === undefined ||
          !isSymbolNode(argument) ||
          node.args.length !== 1 ||
          !names.has(argument.name)
        )
          throw invalid(text, where, `${name}() takes the name of one metric`);
        symbols.add(argument.name);
        const key = `${name}__${argument.name}`;
        aggregates.set(key, { of: name, symbol: argument.name });
        return new SymbolNode(key);
      }
      if (!OF_ROW.includes(name)) throw invalid(text, where, `there is no function ${name}`);
      return node;
    }
    if (isSymbolNode(node)) {
      // The name of a function is a symbol too.
      if (path === 'fn' && isFunctionNode(parent)) return node;
      if (node.name === 'true' || node.name === 'false') return node;
      if (!names.has(node.name)) {
        const near = closestName(node.name, [...names.keys()]);
        throw invalid(
          text,
          where,
          `there is no metric ${node.name}${near === undefined ? '' : `; perhaps ${near}`}`,
        );
      }
      symbols.add(node.name);
      return node;
    }
    if (!ALLOWED.has(node.type))
      throw invalid(text, where, `${node.toString()} is nothing that a condition may hold`);
    return node;
  });
  if (symbols.size === 0) throw invalid(text, where, 'it names no metric');
  const ordered = [...symbols];
  const compiled = replaced.compile();
  return {
    metrics: ordered.map((symbol) => names.get(symbol) ?? symbol),
    compile: (series) => {
      const whole = Object.fromEntries(
        [...aggregates].map(([key, { of, symbol }]) => {
          const values = valuesOf(series[ordered.indexOf(symbol)]?.points ?? []);
          return [key, OF_SERIES[of]?.(values) ?? Number.NaN];
        }),
      );
      return (values) => {
        const scope = {
          ...whole,
          ...Object.fromEntries(ordered.map((symbol, index) => [symbol, values[index]])),
        };
        const answer: unknown = compiled.evaluate(scope);
        if (typeof answer !== 'boolean')
          throw invalid(text, where, `it gives ${String(answer)}, and no true or false`);
        return answer;
      };
    },
  };
}

const ALLOWED = new Set([
  'OperatorNode',
  'ConstantNode',
  'ParenthesisNode',
  'RelationalNode',
  'ConditionalNode',
]);

function symbolOf(name: string): string {
  return name.replaceAll('-', '_');
}

function invalid(text: string, where: string, what: string): InputError {
  return new InputError({
    code: 'expression-invalid',
    what: `the condition of ${where} cannot be used: ${what}`,
    given: text,
    expected: 'a condition over metrics, as labour < 0.1 and capital_labour < first(capital_labour) / 10',
    todo: 'plumbline runs --names lists the metrics; - is written _ here',
  });
}
