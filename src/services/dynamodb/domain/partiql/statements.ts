import { parseStatement } from './parser.ts';
import { admitParameters, type Parameters } from './bind-values.ts';
import type { Parsed, Statement } from './syntax.ts';

/** A statement with the values of its parameters. */
export interface BoundStatement {
  readonly statement: Statement;
  readonly parameters: Parameters;
}

/** Programs send the same few statements over and over: their trees are kept. */
const MAX_KEPT = 1_000;
const kept = new Map<string, Parsed>();

/** @throws AwsError `ValidationException` for what is not PartiQL */
export function parsedStatement(text: string): Parsed {
  const known = kept.get(text);
  if (known) return known;
  const parsed = parseStatement(text);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(text, parsed);
  return parsed;
}

export function bindStatement(text: string, sent: readonly unknown[] = []): BoundStatement {
  const { statement, parameters } = parsedStatement(text);
  return { statement, parameters: admitParameters(sent, parameters) };
}
