import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { Billing, Table } from './table.ts';

/**
 * What on-demand tables start with, and what on-demand throughput is measured from.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
 */
const ON_DEMAND_WARM_UNITS = { read: 12_000, write: 4_000 };

interface Throughput extends Pick<
  TableDescription,
  'ProvisionedThroughput' | 'OnDemandThroughput'
> {
  readonly WarmThroughput: {
    ReadUnitsPerSecond: number;
    WriteUnitsPerSecond: number;
    Status: 'CREATING' | 'ACTIVE' | 'UPDATING';
  };
}

/** The throughput of a table or a global index, which are described alike. */
export function describeThroughput(billing: Billing, status: Table['status']): Throughput {
  const onDemand = billing.mode === 'PAY_PER_REQUEST';
  const read = onDemand ? 0 : billing.readUnits;
  const write = onDemand ? 0 : billing.writeUnits;
  return {
    ProvisionedThroughput: {
      NumberOfDecreasesToday: 0,
      ReadCapacityUnits: read,
      WriteCapacityUnits: write,
    },
    ...(onDemand &&
      (billing.maxReadUnits !== undefined || billing.maxWriteUnits !== undefined) && {
        OnDemandThroughput: {
          MaxReadRequestUnits: billing.maxReadUnits ?? -1,
          MaxWriteRequestUnits: billing.maxWriteUnits ?? -1,
        },
      }),
    WarmThroughput: {
      ReadUnitsPerSecond: onDemand ? ON_DEMAND_WARM_UNITS.read : read,
      WriteUnitsPerSecond: onDemand ? ON_DEMAND_WARM_UNITS.write : write,
      Status: status === 'CREATING' ? 'CREATING' : 'ACTIVE',
    },
  };
}
