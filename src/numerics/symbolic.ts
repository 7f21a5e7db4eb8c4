import type { MathNode } from 'mathjs';
import {
  derivative,
  isComplex,
  isConstantNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isSymbolNode,
  parse,
  ParenthesisNode,
} from 'mathjs';
import { SuiteError } from '../errors.ts';
import type { Bounded, RunningError } from './running-error.ts';

/** Values of the symbols of an expression, each with its own bound. */
export type Environment = Readonly<Record<string, Bounded>>;

/** An expression in the mathematics of a model, written once as text: the oracle for code that was written by hand. */
export interface Expression {
  readonly text: string;
  /** The symbolic derivative in one symbol, the others held fixed. */
  derivative(symbol: string): Expression;
  /** The expression with symbols replaced by other expressions, all at once: what they bring in is not replaced again. */
  substitute(replacements: Readonly<Record<string, Expression>>): Expression;
  /** The value in double precision alone, for searches and differences; NaN where there is no real one. */
  at(values: Readonly<Record<string, number>>): number;
  /**
   * The value in double precision and a bound on what an engine may return instead, for any order of the terms of a
   * sum and with each quotient rounded twice (as a reciprocal and a product), so that the arrangement of the code
   * under test does not matter.
   *
   * @throws SuiteError `symbol-unknown` for a symbol without a value.
   */
  evaluate(arithmetic: RunningError, values: Environment): Bounded;
}

/**
 * Reads an expression of +, −, ×, ÷, ^, exp, log and sqrt.
 *
 * @throws SuiteError `expression-unreadable` for text that is none.
 * @example expression('x^2 / y').derivative('x').text // '2 * x / y'
 */
export function expression(text: string): Expression {
  try {
    return expressionOf(parse(text));
  } catch (error) {
    throw new SuiteError({
      code: 'expression-unreadable',
      what: 'an oracle is not an expression',
      given: text,
      cause: error,
    });
  }
}

function expressionOf(node: MathNode): Expression {
  let compiled: ReturnType<MathNode['compile']> | undefined;
  return {
    text: node.toString(),
    derivative: (symbol) => expressionOf(derivative(node, symbol)),
    substitute: (replacements) =>
      expressionOf(
        node.transform((child) => {
          const replacement = isSymbolNode(child) ? replacements[child.name] : undefined;
          return replacement === undefined ? child : new ParenthesisNode(parse(replacement.text));
        }),
      ),
    at(values) {
      compiled ??= node.compile();
      const value: unknown = compiled.evaluate({ ...values });
      if (typeof value === 'number') return value;
      if (isComplex(value)) return Number.NaN;
      throw new SuiteError({
        code: 'expression-not-a-number',
        what: 'an oracle has no number',
        given: node.toString(),
      });
    },
    evaluate: (arithmetic, values) => evaluate(node, arithmetic, values),
  };
}

function evaluate(node: MathNode, arithmetic: RunningError, values: Environment): Bounded {
  const inner = (child: MathNode): Bounded => evaluate(child, arithmetic, values);
  if (isParenthesisNode(node)) return inner(node.content);
  if (isConstantNode(node)) return constant(node.value, arithmetic);
  if (isSymbolNode(node)) {
    const value = values[node.name];
    if (value !== undefined) return value;
    throw new SuiteError({ code: 'symbol-unknown', what: `an oracle has no value for ${node.name}` });
  }
  if (isOperatorNode(node)) {
    const [left, right] = node.args;
    if (node.fn === 'add' || node.fn === 'subtract') {
      return arithmetic.sum(
        termsOf(node).map(({ negated, term }) => (negated ? arithmetic.neg(inner(term)) : inner(term))),
      );
    }
    if (left !== undefined && right === undefined && node.fn === 'unaryMinus')
      return arithmetic.neg(inner(left));
    if (left !== undefined && right !== undefined)
      return binary(node.fn, inner(left), inner(right), arithmetic);
  }
  if (isFunctionNode(node)) {
    const [argument] = node.args;
    const name = node.fn.name;
    if (argument !== undefined && (name === 'exp' || name === 'log' || name === 'sqrt')) {
      return arithmetic[name](inner(argument));
    }
  }
  throw new SuiteError({
    code: 'expression-unsupported',
    what: 'an oracle uses what cannot be bounded',
    given: node.toString(),
  });
}

/** Whole numbers and halves are exact in every format; other literals were rounded on their way in. */
function constant(value: number, arithmetic: RunningError): Bounded {
  return Number.isInteger(2 * value) ? arithmetic.exact(value) : arithmetic.rounded(value);
}

function binary(operator: string, left: Bounded, right: Bounded, arithmetic: RunningError): Bounded {
  switch (operator) {
    case 'multiply':
      return arithmetic.mul(left, right);
    case 'divide':
      return arithmetic.mul(left, arithmetic.div(arithmetic.exact(1), right));
    case 'pow':
      // A square is one product in most code, and a power function in some; the power function bounds both.
      return arithmetic.pow(left, right);
    default:
      throw new SuiteError({
        code: 'expression-unsupported',
        what: `an oracle uses the operator ${operator}`,
      });
  }
}

/** The terms of a chain of sums and differences, through parentheses and signs. */
function termsOf(
  node: MathNode,
  negated = false,
): readonly { readonly negated: boolean; readonly term: MathNode }[] {
  if (isParenthesisNode(node)) return termsOf(node.content, negated);
  if (isOperatorNode(node)) {
    const [left, right] = node.args;
    if (left !== undefined && right === undefined && node.fn === 'unaryMinus') return termsOf(left, !negated);
    if (left !== undefined && right !== undefined && (node.fn === 'add' || node.fn === 'subtract')) {
      return [...termsOf(left, negated), ...termsOf(right, node.fn === 'subtract' ? !negated : negated)];
    }
  }
  return [{ negated, term: node }];
}
