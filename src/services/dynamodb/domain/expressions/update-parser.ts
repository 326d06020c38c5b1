import { ExpressionReader } from './reader.ts';
import { ExpressionProblem } from './syntax.ts';
import type { Operand, Update, UpdateAction, UpdateValue } from './syntax.ts';

/**
 * Parses an update expression.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function parseUpdate(expression: string): Update {
  return new UpdateParser(expression).update();
}

class UpdateParser extends ExpressionReader {
  update(): Update {
    const actions: UpdateAction[] = [];
    const seen = new Set<string>();
    let repeated: string | undefined;
    do {
      const section = this.next.text.toUpperCase();
      actions.push(...this.#section());
      if (seen.has(section)) repeated ??= section;
      seen.add(section);
    } while (this.next.kind !== 'end');
    this.finish();
    if (repeated === undefined) return actions;
    throw new ExpressionProblem(
      `The "${repeated}" section can only be used once in an update expression;`,
    );
  }

  #section(): UpdateAction[] {
    if (this.takeWord('SET')) {
      return this.list(() => {
        const path = this.path();
        this.take('=');
        return { kind: 'SET', path, value: this.#value() };
      });
    }
    if (this.takeWord('REMOVE')) return this.list(() => ({ kind: 'REMOVE', path: this.path() }));
    for (const kind of ['ADD', 'DELETE'] as const) {
      if (!this.takeWord(kind)) continue;
      return this.list(() => {
        const path = this.path();
        return { kind, path, value: this.#placeholder() };
      });
    }
    throw this.syntaxError();
  }

  /** One operation at most: `(a + b) - c` is none of AWS's. */
  #value(): UpdateValue {
    const left = this.isSymbol('(') ? this.parenthesized(() => this.#value()) : this.#operand();
    if (left.kind === 'arithmetic') return left;
    if (!this.isSymbol('+') && !this.isSymbol('-')) return left;
    const operator = this.advance().text as '+' | '-';
    this.countOperator();
    return { kind: 'arithmetic', operator, operands: [left, this.#operand()] };
  }

  #operand(): Operand {
    if (this.isSymbol('(')) return this.parenthesized(() => this.#operand());
    if (this.next.kind === 'attribute-value') return this.#placeholder();
    if (this.next.kind !== 'name' || this.peek(1).text !== '(') {
      return { kind: 'path', path: this.path() };
    }
    const name = this.advance().text;
    this.countOperator();
    this.take('(');
    const operands = this.list(() => this.#operand());
    this.take(')');
    return { kind: 'function', name, operands };
  }

  #placeholder(): Operand {
    if (this.next.kind !== 'attribute-value') throw this.syntaxError();
    return { kind: 'placeholder', name: this.advance().text };
  }
}
