import * as errors from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';
import type { ChangeSet } from './change-sets.ts';
import type { Stack } from './stack.ts';

interface NamesChangeSet {
  readonly StackName?: string | undefined;
  readonly ChangeSetName?: string | undefined;
}

/**
 * The change set that a request names: by its ID, or by its name along with its stack's.
 * @throws ValidationError, ChangeSetNotFound
 */
export async function namedChangeSet(
  scope: CloudFormationScope,
  input: NamesChangeSet,
): Promise<{ readonly stack: Stack; readonly changeSet: ChangeSet }> {
  const { ChangeSetName: name = '' } = input;
  const stack = await stackOfChangeSet(scope, input);
  const changeSet = stack && (await scope.changeSets.find(stack, name));
  if (!changeSet) throw errors.changeSetNotFound(name);
  return { stack, changeSet };
}

/**
 * The stack whose change set a request names, or undefined where only an ID is given that none has.
 * @throws ValidationError for a stack that is named and not there
 */
export async function stackOfChangeSet(
  { stacks, changeSets, caller }: CloudFormationScope,
  { StackName: stackName, ChangeSetName: name = '' }: NamesChangeSet,
): Promise<Stack | undefined> {
  if (stackName) {
    const stack = await stacks.find(caller, stackName);
    if (!stack) throw errors.stackMissing(stackName);
    return stack;
  }
  if (!name.startsWith('arn:')) {
    throw errors.validation(
      'StackName must be specified if ChangeSetName is not specified as an ARN.',
    );
  }
  for (const stack of await stacks.list(caller)) {
    if (await changeSets.find(stack, name)) return stack;
  }
  return undefined;
}
