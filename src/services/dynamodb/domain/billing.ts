import { isDeepStrictEqual } from 'node:util';
import type { CreateTableInput, GlobalSecondaryIndex } from '@aws-sdk/client-dynamodb';
import { invalidParameters, throughputUnchanged, validation } from '../errors.ts';
import type { Billing } from './table.ts';

const MAX_UNITS = 1_000_000_000_000;

type BillingInput = {
  readonly [Member in 'BillingMode' | 'ProvisionedThroughput' | 'OnDemandThroughput']?:
    | CreateTableInput[Member]
    | undefined;
};

/** How a table is paid for, by what a request says of it. */
export function newBilling(input: BillingInput): Billing {
  const { BillingMode = 'PROVISIONED', ProvisionedThroughput: provisioned } = input;
  if (BillingMode === 'PAY_PER_REQUEST') {
    if (provisioned) {
      throw invalidParameters(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      );
    }
    const { MaxReadRequestUnits, MaxWriteRequestUnits } = input.OnDemandThroughput ?? {};
    return {
      mode: 'PAY_PER_REQUEST',
      ...(MaxReadRequestUnits !== undefined && { maxReadUnits: MaxReadRequestUnits }),
      ...(MaxWriteRequestUnits !== undefined && { maxWriteUnits: MaxWriteRequestUnits }),
    };
  }
  const { ReadCapacityUnits: readUnits, WriteCapacityUnits: writeUnits } = provisioned ?? {};
  if (readUnits === undefined || writeUnits === undefined) {
    throw invalidParameters(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  if (input.OnDemandThroughput) {
    throw invalidParameters(
      'OnDemandThroughput can only be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  checkUnits('ReadCapacityUnits', readUnits);
  checkUnits('WriteCapacityUnits', writeUnits);
  return { mode: 'PROVISIONED', readUnits, writeUnits };
}

/** How a global index is paid for: in its table's mode, with units of its own. */
export function newIndexBilling(
  input: Pick<GlobalSecondaryIndex, 'IndexName' | 'ProvisionedThroughput' | 'OnDemandThroughput'>,
  BillingMode: Billing['mode'],
): Billing {
  const { IndexName: name, ProvisionedThroughput, OnDemandThroughput } = input;
  if (BillingMode === 'PAY_PER_REQUEST' && ProvisionedThroughput) {
    throw invalidParameters(
      `ProvisionedThroughput should not be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  if (BillingMode === 'PROVISIONED' && !ProvisionedThroughput) {
    throw invalidParameters(`ProvisionedThroughput is not specified for index: ${name}`);
  }
  return newBilling({ BillingMode, ProvisionedThroughput, OnDemandThroughput });
}

function checkUnits(parameter: string, units: number): void {
  if (units > MAX_UNITS) throw validation(`Given value ${units} for ${parameter} is out of bounds`);
}

/** What stands once an UpdateTable request is done; modes may change, and units within a mode. */
export function changedBilling(standing: Billing, input: BillingInput, nowMs: number): Billing {
  const mode = input.BillingMode ?? standing.mode;
  if (mode !== standing.mode) {
    const next = newBilling(input);
    return next.mode === 'PAY_PER_REQUEST' ? { ...next, sinceMs: nowMs } : next;
  }
  if (standing.mode === 'PAY_PER_REQUEST') {
    return { ...standing, ...newBilling({ ...input, BillingMode: mode }) };
  }
  const { ProvisionedThroughput = unitsOf(standing) } = input;
  const next = newBilling({ ...input, BillingMode: mode, ProvisionedThroughput });
  if (input.ProvisionedThroughput && isDeepStrictEqual(next, standing)) {
    throw throughputUnchanged(standing.readUnits, standing.writeUnits);
  }
  return next;
}

function unitsOf({ readUnits, writeUnits }: Extract<Billing, { mode: 'PROVISIONED' }>) {
  return { ReadCapacityUnits: readUnits, WriteCapacityUnits: writeUnits };
}
