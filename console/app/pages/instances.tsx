import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import Button from '@cloudscape-design/components/button';
import { ec2 } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { Collection } from '../ui/collection.tsx';
import { Empty } from '../ui/empty.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { pollMilliseconds, State } from '../ui/state.tsx';
import { useGo } from '../ui/use-go.ts';

function nameOf({ Tags = [] }: Instance): string {
  return Tags.find(({ Key }) => Key === 'Name')?.Value ?? '-';
}

/** The instances of the region, as they are now. */
export function Instances() {
  const go = useGo();
  const { data, error, isPending } = useRead(ec2(DescribeInstancesCommand, {}), {
    every: (output) => pollMilliseconds(instancesOf(output).map(({ State: state }) => state?.Name)),
  });
  const launch = (
    <Button variant="primary" onClick={() => go('/ec2/instances/launch')}>
      Launch instances
    </Button>
  );
  return (
    <Collection
      title="Instances"
      items={instancesOf(data?.output)}
      id={({ InstanceId = '' }) => InstanceId}
      loading={isPending}
      error={error}
      realization={data?.realization}
      actions={launch}
      empty={<Empty title="No instances in this region">{launch}</Empty>}
      columns={[
        {
          id: 'id',
          header: 'Instance ID',
          cell: ({ InstanceId = '' }) => (
            <PageLink to={`/ec2/instances/${InstanceId}`}>{InstanceId}</PageLink>
          ),
          sortingField: 'InstanceId',
          isRowHeader: true,
        },
        { id: 'name', header: 'Name', cell: nameOf },
        {
          id: 'state',
          header: 'State',
          cell: ({ State: state }) => <State value={state?.Name} />,
        },
        {
          id: 'type',
          header: 'Type',
          cell: (item) => item.InstanceType,
          sortingField: 'InstanceType',
        },
        { id: 'address', header: 'Private address', cell: (item) => item.PrivateIpAddress ?? '-' },
        {
          id: 'launched',
          header: 'Launched',
          cell: (item) => item.LaunchTime?.toLocaleString() ?? '-',
          sortingField: 'LaunchTime',
        },
      ]}
    />
  );
}

function instancesOf(
  output: { Reservations?: { Instances?: Instance[] }[] | undefined } | undefined,
): Instance[] {
  return output?.Reservations?.flatMap(({ Instances: found = [] }) => found) ?? [];
}
