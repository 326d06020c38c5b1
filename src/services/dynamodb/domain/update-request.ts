import type {
  CreateGlobalSecondaryIndexAction,
  DeleteGlobalSecondaryIndexAction,
  GlobalSecondaryIndexUpdate,
  UpdateGlobalSecondaryIndexAction,
  UpdateTableInput,
} from '@aws-sdk/client-dynamodb';
import { invalidParameters, parameterNotImplemented, validation } from '../errors.ts';
import { onlineIndexLimit } from '../table-errors.ts';

/** What an UpdateTable request asks of one global index. */
export type IndexAction =
  | { readonly kind: 'Create'; readonly asked: CreateGlobalSecondaryIndexAction }
  | { readonly kind: 'Update'; readonly asked: UpdateGlobalSecondaryIndexAction }
  | { readonly kind: 'Delete'; readonly asked: DeleteGlobalSecondaryIndexAction };

const UNBUILT = [
  'MultiRegionConsistency',
  'GlobalTableWitnessUpdates',
  'GlobalTableSettingsReplicationMode',
  'DisassociationProtectionEnabled',
  'VectorIndexUpdates',
] as const;

/** Parameters that change nothing by themselves. */
const ACCOMPANYING = new Set(['TableName', 'AttributeDefinitions']);

/** Changes that AWS makes only one at a time; where several are asked for, it names the first. */
const ALONE = [
  ['SSESpecification', 'Server-Side Encryption modification'],
  ['TableClass', 'TableClass modification'],
  ['DeletionProtectionEnabled', 'DeletionProtection modification'],
  ['WarmThroughput', 'WarmThroughput'],
  ['ReplicaUpdates', 'ReplicaUpdates'],
] as const;

/**
 * What can be said of an UpdateTable request without its table.
 *
 * @returns what it asks of global indexes
 */
export function checkUpdateRequest(input: UpdateTableInput): readonly IndexAction[] {
  const { GlobalSecondaryIndexUpdates: updates = [] } = input;
  const changes = Object.entries(input).filter(
    ([parameter, value]) =>
      value !== undefined && !ACCOMPANYING.has(parameter) && !isEmptyList(value),
  );
  if (changes.length === 0) throw nothingToChange();
  for (const parameter of UNBUILT) {
    if (input[parameter] !== undefined) throw parameterNotImplemented('UpdateTable', parameter);
  }
  if (input.GlobalSecondaryIndexUpdates?.length === 0) {
    throw invalidParameters('List of GlobalSecondaryIndexUpdates is empty');
  }
  const actions = updates.map(actionOf);
  checkCombination(
    input,
    changes.map(([parameter]) => parameter),
    actions,
  );
  return actions;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function nothingToChange(): Error {
  return validation(
    'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required',
  );
}

function actionOf({ Create, Update, Delete }: GlobalSecondaryIndexUpdate): IndexAction {
  const actions: IndexAction[] = [
    ...(Create ? [{ kind: 'Create' as const, asked: Create }] : []),
    ...(Update ? [{ kind: 'Update' as const, asked: Update }] : []),
    ...(Delete ? [{ kind: 'Delete' as const, asked: Delete }] : []),
  ];
  const [action] = actions;
  if (!action) {
    throw invalidParameters(
      'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
    );
  }
  if (actions.length > 1) {
    throw invalidParameters(
      'Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object',
    );
  }
  return action;
}

/** Most changes cannot be asked for together. */
function checkCombination(
  input: UpdateTableInput,
  changes: readonly string[],
  actions: readonly IndexAction[],
): void {
  const names = actions.map(({ asked }) => asked.IndexName!);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) {
    throw invalidParameters(
      `Only one global secondary index update per index is allowed simultaneously. Index: ${twice}`,
    );
  }
  const online = actions.filter(({ kind }) => kind !== 'Update');
  if (online.some(({ kind }) => kind === 'Create') && input.WarmThroughput) {
    throw invalidParameters(
      'Create global secondary index cannot be specified when updating WarmThroughput',
    );
  }
  for (const [parameter, words] of ALONE) {
    if (changes.length < 2 || !changes.includes(parameter)) continue;
    throw invalidParameters(`${words} must be the only operation in the request`);
  }
  if (input.OnDemandThroughput && changes.some((name) => !WITH_LIMITS.has(name))) {
    throw invalidParameters(
      'OnDemandThroughput can only be combined with BillingMode in an UpdateTable request',
    );
  }
  if (online.length > 0 && input.ProvisionedThroughput) {
    throw invalidParameters('You cannot create or delete index while updating table IOPS');
  }
  if (input.StreamSpecification) checkWithStream(input, online.length);
  if (online.length > 1) throw onlineIndexLimit();
}

function checkWithStream(
  { ProvisionedThroughput, BillingMode }: UpdateTableInput,
  online: number,
): void {
  if (ProvisionedThroughput || BillingMode === 'PROVISIONED') {
    throw invalidParameters('You cannot modify stream status while updating table IOPS');
  }
  if (online > 0) {
    throw invalidParameters('You cannot create or delete index while changing stream status');
  }
}

const WITH_LIMITS = new Set(['OnDemandThroughput', 'BillingMode']);
