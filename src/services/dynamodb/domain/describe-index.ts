import type {
  GlobalSecondaryIndexDescription,
  LocalSecondaryIndexDescription,
} from '@aws-sdk/client-dynamodb';
import { describeThroughput } from './describe-throughput.ts';
import { describeProjection } from './index-projection.ts';
import { describeKeySchema } from './key-schema.ts';
import type { Size } from './statistics.ts';
import type { Index, Table } from './table.ts';

/** A local index as DescribeTable shows it. */
export function describeLocalIndex(
  table: Table,
  index: Index,
  size: Size,
): LocalSecondaryIndexDescription {
  return {
    IndexName: index.name,
    KeySchema: describeKeySchema(index),
    Projection: describeProjection(index.projection),
    IndexSizeBytes: size.bytes,
    ItemCount: size.items,
    IndexArn: `${table.arn}/index/${index.name}`,
  };
}

/** A global index as DescribeTable shows it. */
export function describeGlobalIndex(
  table: Table,
  index: Index,
  size: Size,
  nowMs: number,
): GlobalSecondaryIndexDescription {
  return {
    ...describeLocalIndex(table, index, size),
    IndexStatus: index.status,
    ...(index.backfilling !== undefined && { Backfilling: index.backfilling }),
    ...describeThroughput(index.billing!, index.status, nowMs),
  };
}
