import { hash } from 'node:crypto';
import { validation } from '../../errors.ts';
import { admitItem } from '../admit-item.ts';
import type { Position } from './select.ts';

/** What a token is good for: the statement with its parameters, by the caller who got it. */
export type TokenUse = readonly unknown[];

/** A position between pages as clients carry it. */
export function nextToken(use: TokenUse, { span, after }: Position): string {
  const content = JSON.stringify({ use: digest(use), span, after });
  return Buffer.from(content).toString('base64');
}

/** @throws AwsError `ValidationException` for a token of another statement, or of nobody's */
export function readNextToken(use: TokenUse, token: string): Position {
  try {
    const content = JSON.parse(Buffer.from(token, 'base64').toString()) as Position & {
      readonly use?: unknown;
    };
    const { span, after } = content;
    if (content.use === digest(use) && Number.isSafeInteger(span) && span >= 0) {
      return { span, ...(after && { after: admitItem(after).item }) };
    }
  } catch {
    // neither JSON nor a key
  }
  throw validation('Invalid NextToken');
}

function digest(use: TokenUse): string {
  return hash('sha256', JSON.stringify(use), 'base64url');
}
