import type { OnDemandThroughput, WarmThroughput } from '@aws-sdk/client-dynamodb';
import { invalidParameters } from '../errors.ts';
import { throughputUnchanged, tooManyDecreases } from '../table-errors.ts';
import type { Billing, Units } from './billing.ts';
import { decreasesToday, warmUnits } from './billing.ts';
import type { AskedThroughput, Subject } from './new-billing.ts';
import { checkLimit, newBilling, readUnits } from './new-billing.ts';

/** Decreases a day that are free; later ones have to wait for an hour each. */
const FREE_DECREASES = 4;
const DECREASE_PAUSE_MS = 60 * 60 * 1000;

/** A table's or an index's after it has changed to another mode, which lifts all limits. */
export function switchedBilling(
  standing: Billing,
  mode: Billing['mode'],
  asked: AskedThroughput,
  subject: Subject,
  nowMs: number,
): Billing {
  const { maxReadUnits: _read, maxWriteUnits: _write, ...kept } = standing;
  return {
    ...kept,
    ...newBilling(asked, mode, subject),
    warm: warmUnits(standing),
    ...(mode === 'PAY_PER_REQUEST' && { onDemandSinceMs: nowMs }),
  };
}

/** The same within a mode: what is not asked for stays. */
export function changedBilling(
  standing: Billing,
  asked: AskedThroughput,
  subject: Subject,
  nowMs: number,
): Billing {
  const {
    ProvisionedThroughput: provisioned,
    OnDemandThroughput: limits,
    WarmThroughput: warm,
  } = asked;
  let billing = standing;
  if (provisioned) {
    billing = changedUnits(billing, readUnits(provisioned, subject), subject, nowMs);
  }
  if (limits) billing = changedLimits(billing, limits, subject);
  if (warm) billing = { ...billing, warm: raisedWarm(billing, warm, subject) };
  return billing;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#decrease-provisioned-throughput */
function changedUnits(standing: Billing, units: Units, subject: Subject, nowMs: number): Billing {
  const up = units.readUnits > standing.readUnits || units.writeUnits > standing.writeUnits;
  const down = units.readUnits < standing.readUnits || units.writeUnits < standing.writeUnits;
  if (!up && !down) throw throughputUnchanged(units, subject.index);
  const decreases = decreasesToday(standing, nowMs);
  const lastMs = standing.decreasedAtMs ?? 0;
  if (down && decreases >= FREE_DECREASES && nowMs < lastMs + DECREASE_PAUSE_MS) {
    throw tooManyDecreases(decreases, lastMs, lastMs + DECREASE_PAUSE_MS);
  }
  return {
    ...standing,
    ...units,
    warm: warmUnits(standing),
    ...(up && { increasedAtMs: nowMs }),
    ...(down && { decreasedAtMs: nowMs, decreases: decreases + 1 }),
  };
}

/** A limit of -1 is none. */
function changedLimits(standing: Billing, asked: OnDemandThroughput, subject: Subject): Billing {
  const { MaxReadRequestUnits: read, MaxWriteRequestUnits: write } = asked;
  checkLimit('MaxReadRequestUnits', read, standing.mode, subject, -1);
  checkLimit('MaxWriteRequestUnits', write, standing.mode, subject, -1);
  const { maxReadUnits: oldRead, maxWriteUnits: oldWrite, ...kept } = standing;
  const maxReadUnits = read ?? oldRead;
  const maxWriteUnits = write ?? oldWrite;
  return {
    ...kept,
    ...(maxReadUnits !== undefined && maxReadUnits !== -1 && { maxReadUnits }),
    ...(maxWriteUnits !== undefined && maxWriteUnits !== -1 && { maxWriteUnits }),
  };
}

function raisedWarm(standing: Billing, asked: WarmThroughput, { index }: Subject): Units {
  const current = warmUnits(standing);
  const whose = index === undefined ? 'table' : `index ${index}`;
  const raised = (member: keyof WarmThroughput, units: number): number => {
    const wanted = asked[member] ?? units;
    if (wanted >= units) return wanted;
    throw invalidParameters(
      `Requested ${member} for WarmThroughput for ${whose} is lower than current WarmThroughput, decreasing WarmThroughput is not supported`,
    );
  };
  return {
    readUnits: raised('ReadUnitsPerSecond', current.readUnits),
    writeUnits: raised('WriteUnitsPerSecond', current.writeUnits),
  };
}
