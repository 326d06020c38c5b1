export interface Token {
  readonly kind: 'name' | 'attribute-name' | 'attribute-value' | 'number' | 'symbol' | 'end';
  readonly text: string;
  /** Where it stands in the expression. */
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /\s*(?:(?<name>[A-Za-z][A-Za-z0-9_]*)|(?<attributeName>#[A-Za-z0-9_]+)|(?<attributeValue>:[A-Za-z0-9_]+)|(?<number>0|[1-9][0-9]*)|(?<symbol><>|<=|>=|[^\s]))/uy;

/**
 * The tokens of an expression, closed by one of kind `end`. A character that has no place in the
 * grammar becomes a symbol too, for the parser to refuse with its surroundings.
 */
export function tokenize(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(expression); match; match = TOKEN.exec(expression)) {
    const { name, attributeName, attributeValue, number, symbol } = match.groups!;
    const text = name ?? attributeName ?? attributeValue ?? number ?? symbol!;
    const end = TOKEN.lastIndex;
    const kind =
      name !== undefined
        ? 'name'
        : attributeName !== undefined
          ? 'attribute-name'
          : attributeValue !== undefined
            ? 'attribute-value'
            : number !== undefined
              ? 'number'
              : 'symbol';
    tokens.push({ kind, text, start: end - text.length, end });
  }
  const end = expression.length;
  tokens.push({ kind: 'end', text: '<EOF>', start: end, end });
  return tokens;
}
