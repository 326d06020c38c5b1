import type { Caller } from '../../../../kernel/caller.ts';
import type { Permission } from '../../../../kernel/operation.ts';
import { tableArn } from '../table.ts';
import { parsedStatement } from './statements.ts';
import type { Statement } from './syntax.ts';

/** The action that IAM knows for each kind of statement. */
const ACTIONS: Readonly<Record<Statement['kind'], string>> = {
  select: 'PartiQLSelect',
  insert: 'PartiQLInsert',
  update: 'PartiQLUpdate',
  delete: 'PartiQLDelete',
  exists: 'PartiQLSelect',
};

/** Leave for a statement as it was sent; one that cannot be read needs none, as it does nothing. */
export function leaveOf(text: unknown, caller: Caller): Permission[] {
  if (typeof text !== 'string') return [];
  try {
    const { statement } = parsedStatement(text);
    const { table } = statement;
    const arn = table.startsWith('arn:') ? table : tableArn(caller, table);
    const index = statement.kind === 'select' && statement.index;
    return [
      {
        action: `dynamodb:${ACTIONS[statement.kind]}`,
        resource: index ? `${arn}/index/${index}` : arn,
      },
    ];
  } catch {
    return [];
  }
}
