import * as errors from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';
import { begin, newOperation, USER } from './begin.ts';
import type { Stack, StackOperation } from './stack.ts';
import { ofStack } from './stacks.ts';

interface Deletion extends Pick<StackOperation, 'token' | 'skip'> {
  /** Resources that cannot be deleted are left behind. */
  readonly force: boolean;
}

/**
 * Begins to delete a stack; one that is being made is deleted once what is in hand has come to rest.
 * @throws ValidationError where it is protected, in use or being changed
 */
export async function deleteStack(
  scope: CloudFormationScope,
  stack: Stack,
  { force, ...deletion }: Deletion,
): Promise<void> {
  if (force) throw errors.notBuilt('the DeletionMode FORCE_DELETE_STACK');
  const check = (now: Stack) => {
    if (now.terminationProtection) throw errors.terminationProtected(now.name);
    if (isBusy(now)) {
      throw errors.validation(
        `Stack [${now.name}] cannot be deleted while in status ${now.status}`,
      );
    }
  };
  check(stack);
  await checkExportsUnused(scope, stack);
  const operation = newOperation(scope, stack, deletion);
  if (stack.status === 'DELETE_IN_PROGRESS') return;
  if (stack.status === 'CREATE_IN_PROGRESS') return interrupt(scope, stack, operation);
  if (stack.status === 'REVIEW_IN_PROGRESS') return forget(scope, stack);
  await begin(scope, stack, { status: 'DELETE_IN_PROGRESS', operation }, check);
}

function isBusy({ status }: Stack): boolean {
  const others = ['CREATE_IN_PROGRESS', 'REVIEW_IN_PROGRESS', 'DELETE_IN_PROGRESS'];
  return status.endsWith('_IN_PROGRESS') && !others.includes(status);
}

/** The creation at work gives way to the deletion, under the same order. */
async function interrupt(
  { stacks, deployments }: CloudFormationScope,
  stack: Stack,
  deletion: StackOperation,
): Promise<void> {
  const interrupted = await stacks.record(stack, (now) => {
    const { operation } = now;
    if (now.status !== 'CREATE_IN_PROGRESS' || !operation) return { stack: now };
    const next = { ...deletion, order: operation.order, base: operation.base };
    const interruption = { status: 'DELETE_IN_PROGRESS', reason: USER, operation: next } as const;
    return { stack: { ...now, operation: { ...operation, interruption } } };
  });
  deployments.start(interrupted);
}

/** One that was only looked at goes at once. */
async function forget({ stacks, platform }: CloudFormationScope, stack: Stack): Promise<void> {
  await stacks.record(stack, (now) => {
    const begun: Stack = { ...now, status: 'DELETE_IN_PROGRESS', statusReason: USER };
    const { statusReason: _, ...rest } = begun;
    const deletedAtMs = platform.clock.now();
    const gone: Stack = { ...rest, status: 'DELETE_COMPLETE', deletedAtMs };
    return { stack: gone, happenings: [ofStack(begun), ofStack(gone)] };
  });
}

async function checkExportsUnused({ stacks }: CloudFormationScope, stack: Stack): Promise<void> {
  const exported = stack.outputs.flatMap(({ exportName }) => exportName ?? []);
  if (exported.length === 0) return;
  for (const other of await stacks.list(stack)) {
    if (other.id === stack.id || other.deletedAtMs !== undefined) continue;
    const used = exported.find((name) => other.imports?.includes(name));
    if (used !== undefined) {
      throw errors.validation(`Export ${used} cannot be deleted as it is in use by ${other.name}`);
    }
  }
}
