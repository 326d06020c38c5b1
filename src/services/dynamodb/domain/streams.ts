import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Engine, Value, Write } from '../../../storage/engine.ts';
import { Records, type Slot, clear, set } from '../../../storage/records.ts';
import { invalidParameters } from '../errors.ts';
import { noStreamToDisable, streamAlreadyEnabled } from '../table-errors.ts';
import { RETENTION_MS, advance, nextSequence } from './journal.ts';
import type { StreamViewType, Table, TableStream } from './table.ts';
import { tableArn } from './table.ts';

type Owner = Pick<Caller, 'account' | 'region'>;

/** A stream as it is recorded: it outlives its being disabled, and its table, by 24 hours. */
export interface Stream extends TableStream {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly tableName: string;
  readonly tableId: string;
  readonly hashKey: string;
  readonly rangeKey?: string;
}

/** A table with its stream changed, and what is written besides its record. */
export interface ChangedStream {
  readonly table: Table;
  readonly writes: readonly Write[];
}

/** The streams of a cloud's tables, present and past. */
export class Streams {
  readonly #records: Records<Stream>;
  readonly #clock: Clock;

  constructor(store: Engine, clock: Clock) {
    this.#records = new Records<Stream>(store, 'dynamodb', 'stream');
    this.#clock = clock;
  }

  /**
   * Gives a table the stream that a request wants, as part of the transaction that changes it.
   *
   * @param head of the table's journal
   */
  change(
    owner: Owner,
    table: Table,
    wanted: StreamViewType | 'none',
    head: Value | undefined,
  ): ChangedStream {
    const isOn = hasStream(table);
    if (wanted !== 'none' && isOn) throw streamAlreadyEnabled(table.name);
    if (wanted === 'none' && !isOn) throw noStreamToDisable(table.name);
    if (wanted === 'none' && table.replicas) {
      throw invalidParameters('Disabling Stream is not allowed for a Global Table replica.');
    }
    return wanted === 'none'
      ? this.end(owner, table, head)
      : this.begin(owner, table, wanted, head);
  }

  /** A stream of what happens to the table from now on, if one is wanted. */
  begin(owner: Owner, table: Table, wanted: StreamViewType | 'none', head?: Value): ChangedStream {
    if (wanted === 'none') return { table, writes: [] };
    const nowMs = this.#clock.now();
    // labels tell a table's streams apart, also where the clock stands still
    const createdAtMs = Math.max(nowMs, (table.stream?.createdAtMs ?? 0) + 1);
    const label = new Date(createdAtMs).toISOString().slice(0, -1);
    const from = nextSequence(head, nowMs);
    return this.#recorded(owner, table, { label, viewType: wanted, createdAtMs, from });
  }

  /** Ends the table's stream, if it has one: it shows what has happened until now. */
  end(owner: Owner, table: Table, head: Value | undefined): ChangedStream {
    if (!hasStream(table)) return { table, writes: [] };
    const disabledAtMs = this.#clock.now();
    const end = nextSequence(head, disabledAtMs);
    return this.#recorded(owner, table, { ...table.stream, end, disabledAtMs });
  }

  /** The journal's head holds either boundary: no later record comes before it. */
  #recorded({ account, region }: Owner, table: Table, stream: TableStream): ChangedStream {
    const { name, id, arn, hashKey, rangeKey } = table;
    const record: Stream = {
      ...stream,
      arn: `${arn}/stream/${stream.label}`,
      account,
      region,
      tableName: name,
      tableId: id,
      hashKey,
      ...(rangeKey !== undefined && { rangeKey }),
    };
    return {
      table: { ...table, stream },
      writes: [set(this.#at(record), record), advance(id, stream.end ?? stream.from)],
    };
  }

  #at({ account, region, tableName, label }: Stream): Slot<Stream> {
    return this.#records.at(account, region, tableName, label);
  }

  /** @returns `undefined` also where its last record has been trimmed */
  async find({ account, region }: Owner, arn: string): Promise<Stream | undefined> {
    const place = placeOf({ account, region }, arn);
    const stream = place && (await this.#records.get(account, region, ...place));
    return stream && !this.#isPast(stream) ? stream : undefined;
  }

  /** By table name, then by age. */
  async list({ account, region }: Owner, tableName?: string): Promise<Stream[]> {
    const path = tableName === undefined ? [account, region] : [account, region, tableName];
    return (await this.#records.list(...path)).filter((stream) => !this.#isPast(stream));
  }

  /** Forgets the streams of which nothing is left to be read. */
  async sweep(store: Engine): Promise<void> {
    for await (const stream of this.#records.scan()) {
      if (!this.#isPast(stream)) continue;
      await store.transact([], () => ({ writes: [clear(this.#at(stream))], result: undefined }));
    }
  }

  #isPast({ disabledAtMs = Infinity }: Stream): boolean {
    return disabledAtMs + RETENTION_MS <= this.#clock.now();
  }
}

/** Whether the table has a stream that is not disabled. */
export function hasStream(table: Table): table is Table & { readonly stream: TableStream } {
  return table.stream !== undefined && table.stream.end === undefined;
}

/** What a table's description says of its stream; AWS goes on naming one that is disabled. */
export function describeTableStream({ arn, stream }: Table): Partial<TableDescription> {
  if (!stream) return {};
  return {
    ...(stream.end === undefined && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.viewType },
    }),
    LatestStreamLabel: stream.label,
    LatestStreamArn: `${arn}/stream/${stream.label}`,
  };
}

/** Table name and label in the ARN of one of the owner's streams. */
function placeOf(owner: Owner, arn: string): readonly [string, string] | undefined {
  const [, tableName, label] = /:table\/([^/]+)\/stream\/([^/]+)$/.exec(arn) ?? [];
  if (tableName === undefined || label === undefined) return undefined;
  return `${tableArn(owner, tableName)}/stream/${label}` === arn ? [tableName, label] : undefined;
}
