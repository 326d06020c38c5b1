import {
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { cloudformation } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { CallButton } from '../ui/call-dialog.tsx';
import { CallError } from '../ui/call-error.tsx';
import { Collection } from '../ui/collection.tsx';
import { Empty } from '../ui/empty.tsx';

/** What would change, before it does: the change sets that were not carried out yet. */
export function ChangeSets({ stackName, every }: { stackName: string; every: number }) {
  const call = cloudformation(ListChangeSetsCommand, { StackName: stackName });
  const { data, error } = useRead(call, { every: () => every });
  const pending = (data?.output.Summaries ?? []).filter(
    ({ ExecutionStatus }) => ExecutionStatus !== 'EXECUTE_COMPLETE',
  );
  return (
    <>
      <CallError error={error} />
      {pending.map(({ ChangeSetName = '' }) => (
        <ChangeSet key={ChangeSetName} stackName={stackName} changeSetName={ChangeSetName} />
      ))}
    </>
  );
}

function ChangeSet({ stackName, changeSetName }: { stackName: string; changeSetName: string }) {
  const names = { StackName: stackName, ChangeSetName: changeSetName };
  const { data, error, isPending } = useRead(cloudformation(DescribeChangeSetCommand, names), {
    every: (output) => (output?.ExecutionStatus === 'AVAILABLE' ? 4000 : 1000),
  });
  const { ExecutionStatus: execution, StatusReason: reason } = data?.output ?? {};
  return (
    <Collection
      title={`Change set ${changeSetName}`}
      variant="container"
      items={(data?.output.Changes ?? []).flatMap((change) => change.ResourceChange ?? [])}
      id={({ LogicalResourceId = '' }) => LogicalResourceId}
      loading={isPending}
      error={error}
      empty={<Empty title={reason ?? 'Nothing would change'} />}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <CallButton label="Discard" call={cloudformation(DeleteChangeSetCommand, names)}>
            The change set is deleted; the stack stays as it is.
          </CallButton>
          <CallButton
            label="Execute"
            disabled={execution !== 'AVAILABLE'}
            call={cloudformation(ExecuteChangeSetCommand, names)}
          >
            The changes listed here are made.
          </CallButton>
        </SpaceBetween>
      }
      columns={[
        { id: 'action', header: 'Action', cell: (change) => change.Action },
        { id: 'id', header: 'Logical ID', cell: (one) => one.LogicalResourceId, isRowHeader: true },
        { id: 'type', header: 'Type', cell: (change) => change.ResourceType },
        { id: 'replaced', header: 'Replaced', cell: (change) => change.Replacement ?? '-' },
      ]}
    />
  );
}
