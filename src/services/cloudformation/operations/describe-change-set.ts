import { operation } from '../../../kernel/operation.ts';
import type { DescribeChangeSetOutput } from '@aws-sdk/client-cloudformation';
import * as model from '../../../models/generated/cloudformation.ts';
import { namedChangeSet } from '../domain/named-change-set.ts';
import { describeParameters, describeTags } from '../domain/describe.ts';
import { withoutValues } from '../domain/foreseen-wire.ts';
import { page } from '../domain/page.ts';
import { onStack } from '../domain/permissions.ts';
import type { CloudFormationScope } from '../scope.ts';

const PAGE_SIZE = 100;

export const describeChangeSet = operation(model.DescribeChangeSet, {
  authorize: onStack('DescribeChangeSet'),
  async handle(input, scope: CloudFormationScope) {
    const { stack, changeSet } = await namedChangeSet(scope, input);
    const { items, ...more } = page(changeSet.changes, input.NextToken, PAGE_SIZE);
    const { revision, settings } = changeSet;
    return {
      ChangeSetName: changeSet.name,
      ChangeSetId: changeSet.id,
      StackId: stack.id,
      StackName: stack.name,
      Description: changeSet.description,
      Parameters: describeParameters(revision),
      CreationTime: new Date(changeSet.createdAtMs),
      ExecutionStatus: changeSet.executionStatus,
      Status: changeSet.status,
      StatusReason: changeSet.statusReason,
      NotificationARNs: [...(settings.notificationArns ?? stack.settings.notificationArns)],
      RollbackConfiguration: {},
      Capabilities: [...revision.capabilities] as DescribeChangeSetOutput['Capabilities'],
      Tags: describeTags(revision),
      Changes: input.IncludePropertyValues === true ? items : items.map(withoutValues),
      OnStackFailure: settings.onFailure,
      IncludeNestedStacks: false,
      ...more,
    };
  },
});
