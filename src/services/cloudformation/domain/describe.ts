import type {
  Parameter,
  Stack as DescribedStack,
  StackResourceDetail,
  StackSummary,
  Tag,
} from '@aws-sdk/client-cloudformation';
import type { Revision, Stack } from './stack.ts';
import type { StackResource } from './stack-resource.ts';

const unchecked = { StackDriftStatus: 'NOT_CHECKED' } as const;
const resourceUnchecked = { StackResourceDriftStatus: 'NOT_CHECKED' } as const;

/** A stack as DescribeStacks tells it. */
export function describeStack(stack: Stack): DescribedStack {
  const { revision, settings, operation } = stack;
  return {
    ...times(stack),
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Description: revision?.description,
    Parameters: revision && describeParameters(revision),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    RollbackConfiguration: {},
    DisableRollback: (operation?.onFailure ?? settings.onFailure) === 'DO_NOTHING',
    NotificationARNs: [...settings.notificationArns],
    TimeoutInMinutes: settings.timeoutInMinutes,
    Capabilities: revision && ([...revision.capabilities] as DescribedStack['Capabilities']),
    Outputs: stack.outputs.map((output) => ({
      OutputKey: output.key,
      OutputValue: output.value,
      Description: output.description,
      ExportName: output.exportName,
    })),
    RoleARN: settings.roleArn,
    Tags: revision ? describeTags(revision) : [],
    EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: unchecked,
    RetainExceptOnCreate: settings.retainExceptOnCreate,
  };
}

/** A stack as ListStacks tells it. */
export function summarizeStack(stack: Stack): StackSummary {
  return {
    ...times(stack),
    StackId: stack.id,
    StackName: stack.name,
    TemplateDescription: stack.revision?.description,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DriftInformation: unchecked,
  };
}

/** Those whose values are not to be shown are hidden. */
export function describeParameters({ parameters }: Revision): Parameter[] {
  return parameters.map(([ParameterKey, { given, resolvedValue, noEcho }]) => ({
    ParameterKey,
    ParameterValue: noEcho ? '****' : given,
    ...(resolvedValue !== undefined && { ResolvedValue: resolvedValue }),
  }));
}

export function describeTags({ tags }: Revision): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** A resource as DescribeStackResource tells it; the other operations tell parts of that. */
export function describeResource(stack: Stack, resource: StackResource): StackResourceDetail {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: physicalIdOf(resource),
    ResourceType: resource.type,
    LastUpdatedTimestamp: new Date(resource.updatedAtMs),
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    Metadata: resource.metadata,
    DriftInformation: resourceUnchecked,
  };
}

/** What is gone is still told of by the ID that it had. */
export function physicalIdOf({ now, lastId }: StackResource): string | undefined {
  return now?.id ?? lastId;
}

function times({ createdAtMs, updatedAtMs, deletedAtMs }: Stack) {
  return {
    CreationTime: new Date(createdAtMs),
    ...(updatedAtMs !== undefined && { LastUpdatedTime: new Date(updatedAtMs) }),
    ...(deletedAtMs !== undefined && { DeletionTime: new Date(deletedAtMs) }),
  };
}
