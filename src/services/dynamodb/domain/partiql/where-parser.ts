import type { Comparator } from '../expressions/syntax.ts';
import type { Expression, Where } from './syntax.ts';
import type { TokenReader } from './token-reader.ts';

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** Conditions, the weakest operator first. */
export function parseWhere(reader: TokenReader): Where {
  return reader.nested(() => {
    let left = conjunction(reader);
    while (reader.takesWord('OR')) left = { kind: 'or', left, right: conjunction(reader) };
    return left;
  });
}

function conjunction(reader: TokenReader): Where {
  let left = negation(reader);
  while (reader.takesWord('AND')) left = { kind: 'and', left, right: negation(reader) };
  return left;
}

function negation(reader: TokenReader): Where {
  return reader.nested(() => {
    if (reader.takesWord('NOT')) return { kind: 'not', where: negation(reader) };
    if (!reader.takesSymbol('(')) return predicate(reader);
    const where = parseWhere(reader);
    reader.symbol(')');
    return where;
  });
}

function predicate(reader: TokenReader): Where {
  const tested = parseExpression(reader);
  const { kind, text } = reader.next;
  const comparator = kind === 'symbol' ? COMPARATORS[text] : undefined;
  if (comparator) {
    reader.advance();
    return { kind: 'comparison', comparator, operands: [tested, parseExpression(reader)] };
  }
  if (reader.takesWord('IS')) {
    const negated = reader.takesWord('NOT');
    const state = reader.word('MISSING', 'NULL') as 'MISSING' | 'NULL';
    return negate(negated, { kind: 'is', tested, state });
  }
  const negated = reader.isWord('NOT') && reader.takesWord('NOT');
  if (reader.takesWord('BETWEEN')) {
    const low = parseExpression(reader);
    reader.word('AND');
    return negate(negated, { kind: 'between', operands: [tested, low, parseExpression(reader)] });
  }
  if (reader.takesWord('IN')) {
    const closing = reader.takesSymbol('(') ? ')' : ']';
    if (closing === ']') reader.symbol('[');
    const candidates = reader.listUpTo(closing, () => parseExpression(reader));
    return negate(negated, { kind: 'in', tested, candidates });
  }
  if (!negated && tested.kind === 'call') return tested;
  throw reader.unexpected();
}

function negate(negated: boolean, where: Where): Where {
  return negated ? { kind: 'not', where } : where;
}

/** An operand: a value, a path, a function of such, or a sum of two. */
export function parseExpression(reader: TokenReader): Expression {
  return reader.nested(() => {
    const left = operand(reader);
    for (const operator of ['+', '-'] as const) {
      if (!reader.takesSymbol(operator)) continue;
      return { kind: 'arithmetic', operator, operands: [left, operand(reader)] };
    }
    return left;
  });
}

function operand(reader: TokenReader): Expression {
  if (reader.isValue) return reader.value();
  const { following } = reader;
  const isCall =
    reader.next.kind === 'name' && following?.kind === 'symbol' && following.text === '(';
  if (!isCall) return { kind: 'path', path: reader.path() };
  const name = reader.name().toLowerCase();
  reader.symbol('(');
  return { kind: 'call', name, operands: reader.listUpTo(')', () => parseExpression(reader)) };
}
