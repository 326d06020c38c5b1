import { invalidParameters, validation } from '../errors.ts';
import type { Path } from './expressions/syntax.ts';
import type { OpenIndex } from './indexes.ts';
import type { OpenTable } from './tables.ts';

/** What a Query or Scan goes through: a table's items, or the entries of one of its indexes. */
export interface ReadSource {
  readonly table: OpenTable;
  readonly index: OpenIndex | undefined;
  /** How they are found: the table or the index itself. */
  readonly shape: OpenTable | OpenIndex;
  /** Whether what is wanted of an entry stands in the table only. */
  readonly fetches: boolean;
}

export interface SourceRequest {
  readonly IndexName: string | undefined;
  readonly ConsistentRead: boolean | undefined;
  readonly Select: string | undefined;
  readonly projection: readonly Path[] | undefined;
  /** Paths of the filter. */
  readonly filtered: readonly Path[];
}

/** Finds what a request wants to read, and refuses what an index cannot give. */
export function sourceOf(table: OpenTable, request: SourceRequest): ReadSource {
  const { IndexName } = request;
  if (IndexName === undefined) return { table, index: undefined, shape: table, fetches: false };
  const index = table.indexes.find(({ name }) => name === IndexName);
  if (!index) throw validation(`The table does not have the specified index: ${IndexName}`);
  if (index.index.status === 'CREATING') {
    throw validation(`Cannot read from backfilling global secondary index: ${IndexName}`);
  }
  const missing = missingFrom(index, request);
  if (index.index.kind === 'global') refuseBeyondGlobal(index, request);
  return { table, index, shape: index, fetches: missing };
}

function missingFrom(
  { projected }: OpenIndex,
  { Select, projection = [], filtered }: SourceRequest,
): boolean {
  if (!projected) return false;
  return (
    Select === 'ALL_ATTRIBUTES' || unprojected(projected, [...projection, ...filtered]).length > 0
  );
}

/** A global index has its entries alone, and has them after the table. */
function refuseBeyondGlobal({ name, projected }: OpenIndex, request: SourceRequest): void {
  const { ConsistentRead, Select, projection = [], filtered } = request;
  if (ConsistentRead) {
    throw validation('Consistent reads are not supported on global secondary indexes');
  }
  if (!projected) return;
  if (Select === 'ALL_ATTRIBUTES') {
    throw invalidParameters(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${name} because its projection type is not ALL`,
    );
  }
  const notShown = unprojected(projected, projection);
  if (notShown.length > 0) {
    throw invalidParameters(
      `Global secondary index ${name} does not project [${notShown.join(', ')}]`,
    );
  }
  const notTested = unprojected(projected, filtered);
  if (notTested.length > 0) {
    throw invalidParameters(
      `Secondary index ${name} does not project one or more filter attributes: [${notTested.join(', ')}]`,
    );
  }
}

function unprojected(projected: ReadonlySet<string>, paths: readonly Path[]): readonly string[] {
  const names = new Set(paths.map(([name]) => name as string));
  return [...names].filter((name) => !projected.has(name));
}
