import { set } from '../../../storage/records.ts';
import type { Write } from '../../../storage/engine.ts';
import * as errors from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';
import type { Proposal } from './proposal.ts';
import {
  type Revision,
  type Stack,
  type StackOperation,
  type StackSettings,
  type StackStatus,
  stackArn,
} from './stack.ts';
import { ofStack, type Turn } from './stacks.ts';

const NAME = /^[a-zA-Z][-a-zA-Z0-9]*$/;
const MAX_NAME_CHARACTERS = 128;

export const USER = 'User Initiated';

/** A stack that is not recorded yet. */
export function newStack(
  { caller, platform }: CloudFormationScope,
  name: string,
  settings: Partial<StackSettings>,
): Stack {
  checkName(name);
  const { account, region } = caller;
  const uuid = platform.ids.uuid();
  return {
    ...{ account, region, uuid, name },
    id: stackArn(caller, name, uuid),
    status: 'REVIEW_IN_PROGRESS',
    createdAtMs: platform.clock.now(),
    outputs: [],
    settings: { onFailure: 'ROLLBACK', notificationArns: [], ...settings },
    terminationProtection: false,
    events: 0,
    lastEventAtMs: 0,
  };
}

function checkName(name: string): void {
  const problem = !NAME.test(name)
    ? 'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*'
    : name.length > MAX_NAME_CHARACTERS
      ? `Member must have length less than or equal to ${MAX_NAME_CHARACTERS}`
      : undefined;
  if (problem === undefined) return;
  throw errors.validation(
    `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: ${problem}`,
  );
}

/** States that an update may begin in. */
const updatable: readonly StackStatus[] = [
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_COMPLETE',
];

/** @throws ValidationError where the stack is not to be updated now */
export function checkUpdatable({ id, status }: Stack): void {
  if (!updatable.includes(status)) throw errors.wrongState(id, status, 'updated');
}

/** The same in a state that has failed goes back to where the first attempt began. */
export function newOperation(
  { caller, platform }: CloudFormationScope,
  stack: Stack,
  more: Pick<StackOperation, 'token' | 'skip'> & {
    readonly onFailure?: StackSettings['onFailure'];
  },
): StackOperation {
  const id = platform.ids.uuid();
  const { operation, revision, outputs, status } = stack;
  const resumed = status.endsWith('_FAILED') ? operation : undefined;
  return {
    ...{ id, order: id, caller, startedAtMs: platform.clock.now() },
    base: resumed?.base ?? id,
    before: resumed?.before ?? { outputs, ...(revision && { revision }) },
    onFailure: more.onFailure ?? stack.settings.onFailure,
    ...(more.token !== undefined && { token: more.token }),
    ...(more.skip !== undefined && { skip: more.skip }),
  };
}

interface Beginning {
  readonly status: StackStatus;
  readonly operation: StackOperation;
  readonly change?: Partial<Stack>;
  readonly writes?: readonly Write[];
}

/**
 * Records a new stack with its creation, in one transaction, and sets about it.
 * @throws AlreadyExistsException
 */
export async function beginNew(
  { stacks, deployments }: CloudFormationScope,
  stack: Stack,
  beginning: Beginning,
): Promise<Stack> {
  const begun = await stacks.create(beginningOf(deployments, stack, beginning));
  deployments.start(begun);
  return begun;
}

/**
 * Records that an operation begins, with the order that carries it out, and sets about it.
 * @param check refuses where the stack is no longer as it was when this was decided
 */
export async function begin(
  { stacks, deployments }: CloudFormationScope,
  ref: Stack,
  beginning: Beginning,
  check: (stack: Stack) => void,
): Promise<Stack> {
  const begun = await stacks.record(ref, (stack) => {
    check(stack);
    return beginningOf(deployments, stack, beginning);
  });
  deployments.start(begun);
  return begun;
}

function beginningOf(
  deployments: CloudFormationScope['deployments'],
  stack: Stack,
  { status, operation, change, writes = [] }: Beginning,
): Turn {
  const next: Stack = { ...stack, ...change, operation, status, statusReason: USER };
  return {
    stack: next,
    happenings: [ofStack(next)],
    writes: [...writes, deployments.order(next, operation)],
  };
}

/** The write that keeps a proposal's template. */
export function keepTemplate(
  { stacks }: CloudFormationScope,
  stack: Stack,
  { body, revision }: Pick<Proposal, 'body'> & { readonly revision: Revision },
): Write {
  return set(stacks.templateAt(stack, revision.templateId), body);
}
