import { malformedStatement } from './malformed.ts';

export interface Token {
  /** `name` may be a keyword, `quoted` (in double quotes) never is. */
  readonly kind: 'name' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol' | 'end';
  readonly text: string;
}

const TOKEN =
  /\s*(?:(?<name>[A-Za-z_$][A-Za-z0-9_$]*)|"(?<quoted>(?:[^"]|"")*)"|'(?<string>(?:[^']|'')*)'|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<parameter>\?)|(?<symbol><<|>>|<>|!=|<=|>=|[=<>()[\]{},.:*+-]))/uy;

/** The tokens of a statement, closed by one of kind `end`. */
export function tokenize(statement: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (statement.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(statement);
    if (!match) throw malformedStatement(`Unexpected token: ${statement.slice(at).trim()[0]}`);
    tokens.push(tokenOf(match.groups!));
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: 'end', text: 'the end' });
  return tokens;
}

function tokenOf({ name, quoted, string, number, parameter, symbol }: Groups): Token {
  if (name !== undefined) return { kind: 'name', text: name };
  if (quoted !== undefined) return { kind: 'quoted', text: quoted.replaceAll('""', '"') };
  if (string !== undefined) return { kind: 'string', text: string.replaceAll("''", "'") };
  if (number !== undefined) return { kind: 'number', text: number };
  if (parameter !== undefined) return { kind: 'parameter', text: parameter };
  return { kind: 'symbol', text: symbol! };
}

type Groups = Readonly<Record<string, string | undefined>>;
