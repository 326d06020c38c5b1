import {
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { cloudformation } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { CallError } from '../ui/call-error.tsx';
import { Code } from '../ui/code.tsx';
import { Collection } from '../ui/collection.tsx';
import { Empty } from '../ui/empty.tsx';
import { State } from '../ui/state.tsx';

interface PartProps {
  readonly stackName: string;
  /** Milliseconds between two reads. */
  readonly every: number;
}

/** What happened, newest first. */
export function StackEvents({ stackName, every }: PartProps) {
  const call = cloudformation(DescribeStackEventsCommand, { StackName: stackName });
  const { data, error, isPending } = useRead(call, { every: () => every });
  return (
    <Collection
      title="Events"
      variant="container"
      items={data?.output.StackEvents ?? []}
      id={({ EventId = '' }) => EventId}
      loading={isPending}
      error={error}
      empty={<Empty title="Nothing has happened yet" />}
      columns={[
        { id: 'time', header: 'Time', cell: (event) => event.Timestamp?.toLocaleTimeString() },
        {
          id: 'id',
          header: 'Logical ID',
          cell: (event) => event.LogicalResourceId,
          isRowHeader: true,
        },
        { id: 'type', header: 'Type', cell: (event) => event.ResourceType },
        { id: 'state', header: 'State', cell: (event) => <State value={event.ResourceStatus} /> },
        { id: 'why', header: 'Reason', cell: (event) => event.ResourceStatusReason ?? '' },
      ]}
    />
  );
}

export function StackResources({ stackName, every }: PartProps) {
  const call = cloudformation(DescribeStackResourcesCommand, { StackName: stackName });
  const { data, error, isPending } = useRead(call, { every: () => every });
  return (
    <Collection
      title="Resources"
      variant="container"
      items={data?.output.StackResources ?? []}
      id={({ LogicalResourceId = '' }) => LogicalResourceId}
      loading={isPending}
      error={error}
      empty={<Empty title="The stack has made nothing yet" />}
      columns={[
        { id: 'id', header: 'Logical ID', cell: (one) => one.LogicalResourceId, isRowHeader: true },
        { id: 'physical', header: 'Physical ID', cell: (one) => one.PhysicalResourceId ?? '-' },
        { id: 'type', header: 'Type', cell: (one) => one.ResourceType },
        { id: 'state', header: 'State', cell: (one) => <State value={one.ResourceStatus} /> },
      ]}
    />
  );
}

export function StackTemplate({ stackName }: { stackName: string }) {
  const { data, error } = useRead(cloudformation(GetTemplateCommand, { StackName: stackName }));
  return (
    <>
      <CallError error={error} />
      {data && <Code label="Template" text={data.output.TemplateBody ?? ''} />}
    </>
  );
}
