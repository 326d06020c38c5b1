import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { Billing } from './billing.ts';
import { decreasesToday, warmUnits } from './billing.ts';

interface Throughput extends Pick<
  TableDescription,
  'ProvisionedThroughput' | 'OnDemandThroughput'
> {
  readonly WarmThroughput: {
    ReadUnitsPerSecond: number;
    WriteUnitsPerSecond: number;
    Status: 'CREATING' | 'ACTIVE';
  };
}

/** The throughput of a table or a global index, which are described alike. */
export function describeThroughput(
  billing: Billing,
  status: 'CREATING' | 'UPDATING' | 'ACTIVE' | 'DELETING',
  nowMs: number,
): Throughput {
  const { increasedAtMs, decreasedAtMs, maxReadUnits, maxWriteUnits } = billing;
  const warm = warmUnits(billing);
  return {
    ProvisionedThroughput: {
      ...(increasedAtMs !== undefined && { LastIncreaseDateTime: new Date(increasedAtMs) }),
      ...(decreasedAtMs !== undefined && { LastDecreaseDateTime: new Date(decreasedAtMs) }),
      NumberOfDecreasesToday: decreasesToday(billing, nowMs),
      ReadCapacityUnits: billing.readUnits,
      WriteCapacityUnits: billing.writeUnits,
    },
    ...((maxReadUnits !== undefined || maxWriteUnits !== undefined) && {
      OnDemandThroughput: {
        MaxReadRequestUnits: maxReadUnits ?? -1,
        MaxWriteRequestUnits: maxWriteUnits ?? -1,
      },
    }),
    WarmThroughput: {
      ReadUnitsPerSecond: warm.readUnits,
      WriteUnitsPerSecond: warm.writeUnits,
      Status: status === 'CREATING' ? 'CREATING' : 'ACTIVE',
    },
  };
}
