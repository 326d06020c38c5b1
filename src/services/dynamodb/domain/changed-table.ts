import type { UpdateTableInput } from '@aws-sdk/client-dynamodb';
import { invalidParameters } from '../errors.ts';
import { resourceInUse, tableInUse } from '../table-errors.ts';
import type { Billing } from './billing.ts';
import { changedBilling, switchedBilling } from './changed-billing.ts';
import { withNewIndex, withUpdatedIndex, withoutIndex } from './changed-indexes.ts';
import type { ChangeContext } from './changed-indexes.ts';
import { changedEncryption } from './encryption.ts';
import type { Index, Table } from './table.ts';
import type { IndexAction } from './update-request.ts';

/**
 * A table as it is once an UpdateTable request has been accepted. What takes time in AWS stands in
 * `next`, `nextBilling` and the status of indexes until its order is done.
 */
export function changedTable(
  standing: Table,
  input: UpdateTableInput,
  actions: readonly IndexAction[],
  context: ChangeContext,
): Table {
  if (standing.status === 'CREATING') throw tableInUse(standing.name, 'created');
  if (standing.status === 'DELETING') throw tableInUse(standing.name, 'deleted');
  if (input.StreamSpecification) checkStreamFree(standing);
  let table = standing;
  const { BillingMode: mode = standing.billing.mode } = input;
  const switching = mode !== standing.billing.mode;
  table = switching
    ? withMode(table, mode, input, actions, context)
    : withThroughput(table, input, context);
  for (const { kind, asked } of actions) {
    if (kind === 'Create') table = withNewIndex(table, asked, input.AttributeDefinitions, context);
    else if (kind === 'Delete') table = withoutIndex(table, asked.IndexName!);
    else if (!switching) table = withUpdatedIndex(table, asked, context);
  }
  return withSettings(table, input, context);
}

/** Whether an order is to bring about what is still to come. */
export function isUnsettled({ next, indexes = [] }: Table): boolean {
  return next !== undefined || indexes.some(({ nextBilling }) => nextBilling);
}

/** The same table when what was to come has come. */
export function settled({ next, indexes, ...table }: Table): Table {
  return {
    ...table,
    ...next,
    ...(indexes && {
      indexes: indexes.map(({ nextBilling, ...index }): Index => {
        if (!nextBilling) return index;
        const status = index.status === 'UPDATING' ? 'ACTIVE' : index.status;
        return { ...index, status, billing: nextBilling };
      }),
    }),
  };
}

/** The other mode shows at once, although the table takes its time; indexes go with it. */
function withMode(
  table: Table,
  mode: Billing['mode'],
  input: UpdateTableInput,
  actions: readonly IndexAction[],
  { caller: { region }, nowMs }: ChangeContext,
): Table {
  checkUnitsFree(table);
  if (mode === 'PROVISIONED' && !input.ProvisionedThroughput) throw unitsMissing();
  if (mode === 'PAY_PER_REQUEST' && input.ProvisionedThroughput) {
    throw invalidParameters(
      'ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  const billing = switchedBilling(table.billing, mode, input, { region }, nowMs);
  const indexes = table.indexes?.map((index): Index => {
    if (index.kind === 'local') return index;
    const asked = actions.find(({ asked: { IndexName } }) => IndexName === index.name)?.asked ?? {};
    const units = 'ProvisionedThroughput' in asked ? asked.ProvisionedThroughput : undefined;
    if (mode === 'PROVISIONED' && !units) {
      throw invalidParameters(`ProvisionedThroughput must be specified for index: ${index.name}`);
    }
    const subject = { region, index: index.name };
    const next = switchedBilling(index.billing!, mode, asked, subject, nowMs);
    const status = index.status === 'ACTIVE' ? 'UPDATING' : index.status;
    return { ...index, status, billing: next, nextBilling: next };
  });
  return { ...table, billing, ...(indexes && { indexes }), next: { ...table.next, billing } };
}

/** Units change when the order is done; limits and warmth at once. */
function withThroughput(
  table: Table,
  input: UpdateTableInput,
  { caller: { region }, nowMs }: ChangeContext,
): Table {
  const { mode } = table.billing;
  const units = input.ProvisionedThroughput;
  if (mode === 'PAY_PER_REQUEST' && units) {
    throw invalidParameters(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (input.BillingMode === 'PROVISIONED' && !units) throw unitsMissing();
  if (units) checkUnitsFree(table);
  if (input.OnDemandThroughput) checkLimitsFree(table);
  const billing = changedBilling(table.billing, input, { region }, nowMs);
  if (billing === table.billing) return table;
  return units ? { ...table, next: { ...table.next, billing } } : { ...table, billing };
}

function withSettings(table: Table, input: UpdateTableInput, { caller }: ChangeContext): Table {
  const { TableClass, DeletionProtectionEnabled, SSESpecification } = input;
  if (DeletionProtectionEnabled !== undefined) {
    return { ...table, deletionProtection: DeletionProtectionEnabled };
  }
  if (SSESpecification) {
    const { encryption: standing, ...rest } = table;
    const encryption = changedEncryption(standing, SSESpecification, caller);
    return { ...rest, ...(encryption && { encryption }) };
  }
  if (TableClass && TableClass !== (table.tableClass ?? 'STANDARD')) {
    if (table.next) throw tableBusy(table);
    return { ...table, next: { tableClass: TableClass } };
  }
  return table;
}

/** What DeleteTable and others answer while a change is under way. */
export function tableBusy({ name }: Table): Error {
  return resourceInUse(`Table: ${name} is in the process of being updated.`);
}

function unitsMissing(): Error {
  return invalidParameters(
    'ProvisionedThroughput must be specified when BillingMode is PROVISIONED',
  );
}

function checkUnitsFree({ name, next, indexes = [] }: Table): void {
  if (next) {
    throw resourceInUse(`Table IOPS are currently being updated. Table: ${name}`);
  }
  for (const [status, words] of [
    ['CREATING', 'created'],
    ['DELETING', 'deleted'],
  ] as const) {
    const names = indexes
      .filter((index) => index.status === status && !index.backfilling)
      .map((index) => index.name);
    if (names.length === 0) continue;
    throw resourceInUse(
      `Can't change table IOPS when an index is being ${words}. Table: ${name} Indexes: [${names.join(', ')}]`,
    );
  }
}

function checkStreamFree({ indexes = [] }: Table): void {
  if (!indexes.some(({ status, backfilling }) => status === 'CREATING' && !backfilling)) return;
  throw resourceInUse("Can't change stream status when an index is being created");
}

function checkLimitsFree({ indexes = [] }: Table): void {
  for (const [status, words] of [
    ['CREATING', 'creation'],
    ['DELETING', 'deletion'],
  ] as const) {
    const names = indexes.filter((index) => index.status === status).map(({ name }) => name);
    if (names.length === 0) continue;
    throw resourceInUse(
      `OnDemandThroughput cannot be updated while index ${words} is in progress for indexes: [${names.join(', ')}]`,
    );
  }
}
