import {
  DescribeInstancesCommand,
  type Instance as Ec2Instance,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useParams } from 'react-router';
import { ec2 } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { CallButton } from '../ui/call-dialog.tsx';
import { CallError } from '../ui/call-error.tsx';
import { Empty } from '../ui/empty.tsx';
import { Realization } from '../ui/realization.tsx';
import { pollMilliseconds, State } from '../ui/state.tsx';
import { InstanceConsole } from './instance-console.tsx';

/** One instance: its state, where it is reached, what it says, and what can be done with it. */
export function Instance() {
  const { id = '' } = useParams();
  const { data, error } = useRead(ec2(DescribeInstancesCommand, { InstanceIds: [id] }), {
    every: (output) => pollMilliseconds([output?.Reservations?.[0]?.Instances?.[0]?.State?.Name]),
  });
  const instance = data?.output.Reservations?.[0]?.Instances?.[0];
  const state = instance?.State?.Name;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          info={<Realization value={data?.realization} />}
          actions={<Actions id={id} state={state} />}
        >
          {id}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <CallError error={error} />
        {instance && <Details instance={instance} />}
        {instance && <Tags tags={instance.Tags ?? []} />}
        <InstanceConsole id={id} live={state === 'running' || state === 'pending'} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Actions({ id, state }: { id: string; state: string | undefined }) {
  const InstanceIds = [id];
  const running = state === 'running';
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <CallButton
        label="Start"
        disabled={state !== 'stopped'}
        call={ec2(StartInstancesCommand, { InstanceIds })}
      >
        The instance boots from its disk as it was left.
      </CallButton>
      <CallButton
        label="Stop"
        disabled={!running}
        call={ec2(StopInstancesCommand, { InstanceIds })}
      >
        The instance shuts down. Its disk and its private address stay.
      </CallButton>
      <CallButton
        label="Reboot"
        disabled={!running}
        call={ec2(RebootInstancesCommand, { InstanceIds })}
      >
        The instance boots anew.
      </CallButton>
      <CallButton
        label="Terminate"
        disabled={state === undefined || state === 'terminated' || state === 'shutting-down'}
        call={ec2(TerminateInstancesCommand, { InstanceIds })}
      >
        The instance and its disk are deleted. This cannot be undone.
      </CallButton>
    </SpaceBetween>
  );
}

function Details({ instance }: { instance: Ec2Instance }) {
  const groups = instance.SecurityGroups?.map(({ GroupName }) => GroupName).join(', ');
  const pairs: readonly [string, string | undefined][] = [
    ['Type', instance.InstanceType],
    ['Image', instance.ImageId],
    ['Private address', instance.PrivateIpAddress],
    ['Public address', instance.PublicIpAddress],
    ['Key pair', instance.KeyName],
    ['Security groups', groups],
    ['Subnet', instance.SubnetId],
    ['Launched', instance.LaunchTime?.toLocaleString()],
  ];
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'State', value: <State value={instance.State?.Name} /> },
          ...pairs.map(([label, value]) => ({ label, value: value || '-' })),
        ]}
      />
    </Container>
  );
}

function Tags({ tags }: { tags: NonNullable<Ec2Instance['Tags']> }) {
  const items = tags.map(({ Key = '', Value = '' }) => ({ label: Key, value: Value || '-' }));
  return (
    <Container header={<Header variant="h2">Tags</Header>}>
      {items.length > 0 ? <KeyValuePairs columns={3} items={items} /> : <Empty title="No tags" />}
    </Container>
  );
}
