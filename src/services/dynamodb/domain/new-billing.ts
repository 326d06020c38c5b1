import type {
  OnDemandThroughput,
  ProvisionedThroughput,
  WarmThroughput,
} from '@aws-sdk/client-dynamodb';
import { invalidParameters, validation } from '../errors.ts';
import { unitsBeyondQuota } from '../table-errors.ts';
import type { Billing, Units } from './billing.ts';
import { warmUnits } from './billing.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
export const MAX_UNITS = 40_000;
export const MAX_ACCOUNT_UNITS = 80_000;
const MAX_CONCEIVABLE = 1_000_000_000_000;

/** What a request says of the throughput of a table or an index. */
export interface AskedThroughput {
  readonly ProvisionedThroughput?: ProvisionedThroughput | undefined;
  readonly OnDemandThroughput?: OnDemandThroughput | undefined;
  readonly WarmThroughput?: WarmThroughput | undefined;
}

/** Whose throughput it is, for the texts of refusals: an index's, or the table's. */
export interface Subject {
  readonly region: string;
  readonly index?: string;
}

/** A new table's. */
export function newTableBilling(
  asked: AskedThroughput & { readonly BillingMode?: Billing['mode'] | undefined },
  subject: Subject,
  nowMs: number,
): Billing {
  const { BillingMode: mode = 'PROVISIONED', ProvisionedThroughput: provisioned } = asked;
  if (mode === 'PAY_PER_REQUEST' && provisioned) {
    throw invalidParameters(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (mode === 'PROVISIONED' && !provisioned) {
    throw invalidParameters(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  const billing = newBilling(asked, mode, subject);
  return mode === 'PROVISIONED' ? billing : { ...billing, onDemandSinceMs: nowMs };
}

/** One in a mode that is settled; whether units may be given has been checked. */
export function newBilling(
  asked: AskedThroughput,
  mode: Billing['mode'],
  subject: Subject,
): Billing {
  const units = readUnits(asked.ProvisionedThroughput, subject);
  const billing = { mode, ...units, ...newLimits(asked.OnDemandThroughput, mode, subject) };
  const { WarmThroughput: warm } = asked;
  return warm ? { ...billing, warm: newWarm(warm, billing, subject) } : billing;
}

/** Provisioned units; none on demand. */
export function readUnits(asked: ProvisionedThroughput | undefined, subject: Subject): Units {
  const units = {
    readUnits: asked?.ReadCapacityUnits ?? 0,
    writeUnits: asked?.WriteCapacityUnits ?? 0,
  };
  checkUnits('ReadCapacityUnits', units.readUnits, subject);
  checkUnits('WriteCapacityUnits', units.writeUnits, subject);
  return units;
}

/** What no account could ever have is refused otherwise than what this one cannot. */
function checkUnits(member: string, units: number, subject: Subject): void {
  const { index } = subject;
  if (units > MAX_CONCEIVABLE) {
    const whose = index === undefined ? '' : ` for index ${index}`;
    throw validation(`Given value ${units} for ${member} is out of bounds${whose}`);
  }
  if (units > MAX_UNITS) throw unitsBeyondQuota(member, units, MAX_UNITS, subject);
}

/** On-demand limits as a request gives them, each above 0. */
function newLimits(
  asked: OnDemandThroughput | undefined,
  mode: Billing['mode'],
  subject: Subject,
): Pick<Billing, 'maxReadUnits' | 'maxWriteUnits'> {
  const { MaxReadRequestUnits: read, MaxWriteRequestUnits: write } = asked ?? {};
  checkLimit('MaxReadRequestUnits', read, mode, subject, 1);
  checkLimit('MaxWriteRequestUnits', write, mode, subject, 1);
  return {
    ...(read !== undefined && { maxReadUnits: read }),
    ...(write !== undefined && { maxWriteUnits: write }),
  };
}

/** @param least 1 where a limit is set, -1 where one may be lifted as well */
export function checkLimit(
  member: 'MaxReadRequestUnits' | 'MaxWriteRequestUnits',
  units: number | undefined,
  mode: Billing['mode'],
  { index }: Subject,
  least: 1 | -1,
): void {
  if (units === undefined) return;
  if (mode === 'PROVISIONED') {
    const whose = index === undefined ? '' : ` for index : ${index}`;
    throw invalidParameters(
      `${member} for OnDemandThroughput${whose} cannot be specified when the table BillingMode is PROVISIONED`,
    );
  }
  if (units >= least && units !== 0) return;
  const whose = index === undefined ? 'table' : `index : ${index}`;
  throw invalidParameters(
    `Requested ${member} for OnDemandThroughput for ${whose} is outside of valid range`,
  );
}

function newWarm(asked: WarmThroughput, billing: Billing, { index }: Subject): Units {
  const initial = warmUnits(billing);
  const readUnitsAsked = asked.ReadUnitsPerSecond ?? initial.readUnits;
  const writeUnitsAsked = asked.WriteUnitsPerSecond ?? initial.writeUnits;
  const whose = index === undefined ? 'table' : `index ${index}`;
  const refuse = (member: string, units: string): Error => {
    const least =
      billing.mode === 'PAY_PER_REQUEST'
        ? 'initial throughput for OnDemand'
        : `${units} of ProvisionedThroughput`;
    return invalidParameters(
      `Requested ${member} for WarmThroughput for ${whose} is lower than ${least}`,
    );
  };
  if (readUnitsAsked < initial.readUnits) throw refuse('ReadUnitsPerSecond', 'ReadCapacityUnits');
  if (writeUnitsAsked < initial.writeUnits) {
    throw refuse('WriteUnitsPerSecond', 'WriteCapacityUnits');
  }
  return { readUnits: readUnitsAsked, writeUnits: writeUnitsAsked };
}
