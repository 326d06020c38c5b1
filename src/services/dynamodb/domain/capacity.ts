/**
 * Capacity units by AWS's arithmetic.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
const READ_UNIT_BYTES = 4096;
const WRITE_UNIT_BYTES = 1024;

export type CapacityDetail = 'NONE' | 'TOTAL' | 'INDEXES';

/** As ConsumedCapacity stands in an answer. */
export interface ConsumedCapacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
  readonly Table?: { readonly CapacityUnits: number };
}

/** Reading one item; one that is not there costs the least. */
export function readUnits(bytes: number, consistent: boolean): number {
  return pageUnits(Math.max(bytes, 1), consistent);
}

/** Reading a page, whose items are added up before rounding. */
export function pageUnits(bytes: number, consistent: boolean): number {
  return Math.ceil(bytes / READ_UNIT_BYTES) * (consistent ? 1 : 0.5);
}

/** Writing: the larger of what stood there and what stands there now. */
export function writeUnits(...bytes: readonly number[]): number {
  return Math.ceil(Math.max(1, ...bytes) / WRITE_UNIT_BYTES);
}

/** What an answer tells, if it was asked to tell. */
export function consumed(
  detail: CapacityDetail | undefined,
  TableName: string,
  CapacityUnits: number,
): ConsumedCapacity | undefined {
  if (detail === undefined || detail === 'NONE') return undefined;
  return detail === 'TOTAL'
    ? { TableName, CapacityUnits }
    : { TableName, CapacityUnits, Table: { CapacityUnits } };
}
