import { validation } from '../../errors.ts';
import type { Path } from '../expressions/syntax.ts';
import type {
  Delete,
  Exists,
  Insert,
  Parsed,
  Returning,
  Select,
  Statement,
  Update,
} from './syntax.ts';
import { TokenReader } from './token-reader.ts';
import { parseExpression, parseWhere } from './where-parser.ts';

/**
 * Parses a PartiQL statement.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.statements.html
 *
 * @throws AwsError `ValidationException` for what is not a statement
 */
export function parseStatement(text: string): Parsed {
  const reader = new TokenReader(text);
  const parsed = statement(reader);
  reader.finish();
  return { statement: parsed, parameters: reader.parameters };
}

function statement(reader: TokenReader): Statement {
  if (reader.takesWord('SELECT')) return select(reader);
  if (reader.takesWord('INSERT')) return insert(reader);
  if (reader.takesWord('UPDATE')) return update(reader);
  if (reader.takesWord('DELETE')) return remove(reader);
  if (reader.takesWord('EXISTS')) return exists(reader);
  throw reader.unexpected();
}

function select(reader: TokenReader): Select {
  const paths = reader.takesSymbol('*') ? undefined : reader.list(() => reader.path());
  reader.word('FROM');
  const table = reader.name();
  const index = reader.takesSymbol('.') ? reader.name() : undefined;
  const where = reader.takesWord('WHERE') ? parseWhere(reader) : undefined;
  return { kind: 'select', table, index, paths, where, orderBy: order(reader) };
}

function order(reader: TokenReader): Select['orderBy'] {
  if (!reader.takesWord('ORDER')) return [];
  reader.word('BY');
  return reader.list(() => {
    const name = reader.name();
    const descending = reader.takesWord('DESC');
    if (!descending) reader.takesWord('ASC');
    return { name, descending };
  });
}

function insert(reader: TokenReader): Insert {
  reader.word('INTO');
  const table = reader.name();
  reader.word('VALUE');
  return { kind: 'insert', table, item: reader.value() };
}

function update(reader: TokenReader): Update {
  const table = reader.name();
  const actions: Update['actions'][number][] = [];
  while (reader.isWord('SET', 'REMOVE')) {
    if (reader.takesWord('SET')) {
      actions.push(
        ...reader.list(() => {
          const path: Path = reader.path();
          reader.symbol('=');
          return { kind: 'SET' as const, path, value: parseExpression(reader) };
        }),
      );
    } else {
      reader.word('REMOVE');
      actions.push(...reader.list(() => ({ kind: 'REMOVE' as const, path: reader.path() })));
    }
  }
  if (actions.length === 0) throw reader.unexpected();
  const where = reader.takesWord('WHERE') ? parseWhere(reader) : undefined;
  return { kind: 'update', table, actions, where, returning: returning(reader) };
}

function remove(reader: TokenReader): Delete {
  reader.word('FROM');
  const table = reader.name();
  const where = reader.takesWord('WHERE') ? parseWhere(reader) : undefined;
  const wanted = returning(reader);
  if (wanted === undefined || wanted === 'ALL OLD') {
    return { kind: 'delete', table, where, returning: wanted };
  }
  throw validation(
    `Invalid returning clause: RETURNING ${wanted} *. Only RETURNING ALL OLD * is allowed in DELETE statements.`,
  );
}

function returning(reader: TokenReader): Returning | undefined {
  if (!reader.takesWord('RETURNING')) return undefined;
  const extent = reader.word('ALL', 'MODIFIED');
  const version = reader.word('OLD', 'NEW');
  reader.symbol('*');
  return `${extent} ${version}` as Returning;
}

function exists(reader: TokenReader): Exists {
  reader.symbol('(');
  reader.word('SELECT');
  const inner = select(reader);
  reader.symbol(')');
  return { kind: 'exists', table: inner.table, select: inner };
}
