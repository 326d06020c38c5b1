import { arnOf } from '../../../kernel/arn.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { KeyShape } from './keys.ts';
import { itemsOf } from './keys.ts';
import type { KeyType } from './attribute-value.ts';

/** A table as it is recorded. */
export interface Table {
  readonly name: string;
  /** A UUID: a table created again under the same name is another table. */
  readonly id: string;
  readonly arn: string;
  readonly status: 'CREATING' | 'ACTIVE' | 'DELETING';
  readonly createdAtMs: number;
  readonly attributeDefinitions: readonly { readonly name: string; readonly type: KeyType }[];
  readonly hashKey: string;
  readonly rangeKey?: string;
  readonly billing: Billing;
  readonly tableClass?: TableClass;
  readonly deletionProtection: boolean;
  readonly encryption?: { readonly type: 'KMS'; readonly keyArn: string };
  readonly tags: Readonly<Record<string, string>>;
}

export type TableClass = 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';

export type Billing =
  | { readonly mode: 'PROVISIONED'; readonly readUnits: number; readonly writeUnits: number }
  | {
      readonly mode: 'PAY_PER_REQUEST';
      /** Limits on demand; -1 is none. */
      readonly maxReadUnits?: number;
      readonly maxWriteUnits?: number;
      /** When the table changed to this mode, where it was not made so. */
      readonly sinceMs?: number;
    };

export function tableArn(caller: Pick<Caller, 'account' | 'region'>, name: string): string {
  return arnOf(caller, 'dynamodb', `table/${name}`);
}

/** How the table's items are found. */
export function keyShape(table: Table): KeyShape {
  const attribute = (name: string) => {
    const definition = table.attributeDefinitions.find((defined) => defined.name === name);
    if (!definition) throw new Error(`table ${table.arn} does not define its key ${name}`);
    return definition;
  };
  return {
    prefix: itemsOf(table.id),
    hash: attribute(table.hashKey),
    ...(table.rangeKey === undefined ? {} : { range: attribute(table.rangeKey) }),
  };
}

/** Whether it was asked for something that is described but has no effect. */
export function isPartlyRecorded({ encryption, tableClass, billing }: Table): boolean {
  const limited =
    billing.mode === 'PAY_PER_REQUEST' &&
    (billing.maxReadUnits !== undefined || billing.maxWriteUnits !== undefined);
  return encryption !== undefined || tableClass !== undefined || limited;
}
