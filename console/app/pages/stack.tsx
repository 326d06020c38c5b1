import { DeleteStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useParams } from 'react-router';
import { cloudformation } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { CallButton } from '../ui/call-dialog.tsx';
import { CallError } from '../ui/call-error.tsx';
import { Empty } from '../ui/empty.tsx';
import { Realization } from '../ui/realization.tsx';
import { pollMilliseconds, State } from '../ui/state.tsx';
import { ChangeSets } from './change-sets.tsx';
import { StackEvents, StackResources, StackTemplate } from './stack-parts.tsx';
import { useGo } from '../ui/use-go.ts';

/** One stack: what is to change, what happened, what it made, and what it was made from. */
export function Stack() {
  const { name = '' } = useParams();
  const go = useGo();
  const { data, error } = useRead(cloudformation(DescribeStacksCommand, { StackName: name }), {
    every: (output) => pollMilliseconds([output?.Stacks?.[0]?.StackStatus]),
  });
  const stack = data?.output.Stacks?.[0];
  const outputs = stack?.Outputs ?? [];
  const every = pollMilliseconds([stack?.StackStatus]);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          info={<Realization value={data?.realization} />}
          description={stack?.Description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <CallButton
                label="Delete stack"
                call={cloudformation(DeleteStackCommand, { StackName: name })}
                onDone={() => go('/cloudformation/stacks')}
              >
                Everything that the stack made is deleted, unless its template says otherwise.
              </CallButton>
              <Button onClick={() => go(`/cloudformation/stacks/deploy?stack=${name}`)}>
                Update
              </Button>
            </SpaceBetween>
          }
        >
          {name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <CallError error={error} />
        <ChangeSets stackName={name} every={every} />
        <Container header={<Header variant="h2">State and outputs</Header>}>
          <KeyValuePairs
            columns={3}
            items={[
              {
                label: 'State',
                value: (
                  <>
                    <State value={stack?.StackStatus} />
                    <div>{stack?.StackStatusReason}</div>
                  </>
                ),
              },
              ...outputs.map(({ OutputKey = '', OutputValue = '' }) => ({
                label: OutputKey,
                value: OutputValue,
              })),
            ]}
          />
        </Container>
        {stack ? (
          <Tabs
            tabs={[
              {
                ...{ id: 'events', label: 'Events' },
                content: <StackEvents stackName={name} every={every} />,
              },
              {
                ...{ id: 'resources', label: 'Resources' },
                content: <StackResources stackName={name} every={every} />,
              },
              {
                ...{ id: 'template', label: 'Template' },
                content: <StackTemplate stackName={name} />,
              },
            ]}
          />
        ) : (
          <Empty title="There is no such stack" />
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}
