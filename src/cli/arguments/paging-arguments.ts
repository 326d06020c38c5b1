import { shapeOf, structureOf } from '../../gateway/protocols/shapes.ts';
import type { Paginator } from '../../models/paginator.ts';
import { usageError } from '../failure.ts';
import { kebab } from '../names.ts';
import { parseStartingToken, type Paging } from '../paginate.ts';
import type { Argument, Command, TypedValue } from './argument.ts';
import type { ParsedArguments } from './parse-arguments.ts';

/** An operation's flags with those for paging, which may stand before modelled ones of that name. */
export interface PagedTable {
  readonly table: ReadonlyMap<string, Argument>;
  /** Modelled flags that a paging flag hides, e.g. IAM's `--max-items`. */
  readonly hidden: ReadonlyMap<string, Argument>;
}

const pagingHelp = {
  'starting-token': 'Where to go on: the NextToken of an earlier answer that was cut short.',
  'page-size': 'The size of each page that is asked for. It does not change what is shown.',
  'max-items': 'How many items to show at most. NextToken then says where to go on.',
};

/** Adds `--starting-token`, `--page-size` and `--max-items`, and hides what they stand for. */
export function withPaging(
  { model, operation }: Command,
  table: ReadonlyMap<string, Argument>,
  paginator: Paginator,
): PagedTable {
  const all = new Map(table);
  const hidden = new Map<string, Argument>();
  for (const member of replacedBy(paginator)) {
    const argument = all.get(kebab(member));
    if (argument) all.set(argument.name, { ...argument, hidden: true });
  }
  const { limitKey } = paginator;
  for (const [name, help] of Object.entries(pagingHelp)) {
    if (name === 'page-size' && limitKey === undefined) continue;
    const shadowed = table.get(name);
    if (shadowed) hidden.set(name, shadowed);
    all.set(name, { name, takes: 'one', help, apply: () => {} });
  }
  const pageSize = all.get('page-size');
  if (pageSize && limitKey !== undefined) {
    const member = structureOf(model, model.operations[operation]!.input).members[limitKey]!;
    const isText = shapeOf(model, member.shape).type === 'string';
    all.set('page-size', {
      ...pageSize,
      apply: (input, typed) => {
        input[limitKey] = isText ? String(typed) : integer('page-size', typed);
      },
    });
  }
  return { table: all, hidden };
}

/** What was asked of paging; undefined where the tokens or the page's limit were typed by hand. */
export function pagingOf(
  paginator: Paginator,
  { typed }: ParsedArguments,
  { hidden }: PagedTable,
): Paging | undefined {
  const flags = new Map([...typed].map(([argument, value]) => [argument.name, value]));
  const byHand = replacedBy(paginator)
    .map(kebab)
    .some((name) => flags.has(name) && !hidden.has(name));
  if (byHand) return undefined;
  const maxItems = flags.get('max-items');
  const startingToken = flags.get('starting-token');
  return {
    ...(maxItems !== undefined && { maxItems: integer('max-items', maxItems) }),
    ...(startingToken !== undefined && { start: parseStartingToken(String(startingToken)) }),
  };
}

function replacedBy({ inputTokens, limitKey }: Paginator): string[] {
  return [...inputTokens, ...(limitKey === undefined ? [] : [limitKey])];
}

function integer(name: string, typed: TypedValue): number {
  if (/^\d+$/.test(String(typed))) return Number(typed);
  throw usageError(`argument --${name}: invalid int value: '${String(typed)}'`);
}
